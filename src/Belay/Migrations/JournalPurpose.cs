using Belay.History;
using Npgsql;

namespace Belay.Migrations;

/// <summary>What a journaled run is for: the way forward or a rollback.</summary>
/// <param name="Command">The command that goes on with it.</param>
/// <param name="EndAsync">Writes into the history what became of the migration, after its last statement.</param>
internal sealed record JournalPurpose(
    HistoryTable Table, string Command, Func<NpgsqlConnection, HistoryEntry, CancellationToken, Task<AppliedMigration>> EndAsync)
{
    /// <summary>A migration.</summary>
    public static JournalPurpose Forward { get; } = new(HistorySchema.Statement, "./build.sh Migrate", MigrationHistory.InsertAsync);
}
