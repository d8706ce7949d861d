namespace Belay.Migrators;

/// <summary>What became of a migrator that succeeded.</summary>
/// <param name="Command">Its command, with secrets masked.</param>
/// <param name="Duration">How long it ran.</param>
public sealed record MigratorOutcome(string Command, TimeSpan Duration);
