namespace Belay.Backups.Catalogue;

/// <summary>One privilege on a database.</summary>
/// <param name="Role">Who has it; null for PUBLIC.</param>
/// <param name="Name">CONNECT, CREATE or TEMPORARY.</param>
/// <param name="IsGrantable">Whether the role may pass it on.</param>
public sealed record DatabasePrivilege(string? Role, string Name, bool IsGrantable);
