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
    public static JournalPurpose Forward { get; } = new(HistorySchema.Statement, "./build.sh Migrate", InsertAsync);

    /// <summary>In a transaction of its own: a row that is not as it was written must not stay.</summary>
    private static async Task<AppliedMigration> InsertAsync(
        NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var applied = await MigrationHistory.InsertAsync(connection, entry, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return applied;
    }
}
