namespace Belay.Backups.Catalogue;

/// <summary>A setting that sessions of a database begin with.</summary>
/// <param name="Role">Only sessions of this role; null for all.</param>
/// <param name="Value">Its value as the catalogue has it; null when it is not told, because it may be a secret.</param>
public sealed record DatabaseSetting(string? Role, string Name, string? Value);
