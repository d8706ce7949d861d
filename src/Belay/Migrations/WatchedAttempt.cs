namespace Belay.Migrations;

/// <summary>One attempt of a migration to get its locks.</summary>
/// <param name="Session">The session that may wait.</param>
/// <param name="FileName">The script's file name, for messages.</param>
/// <param name="Patience">How long the attempt waits for one lock, and what it is told that it waited for.</param>
internal sealed record WatchedAttempt(RunContext Context, MigrationSession Session, string FileName, LockPatience Patience);
