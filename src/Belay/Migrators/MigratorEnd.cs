namespace Belay.Migrators;

/// <summary>How a migrator ended.</summary>
/// <param name="Stopped">Why it was stopped; null when it ended by itself.</param>
internal sealed record MigratorEnd(int ExitCode, string? Stopped);
