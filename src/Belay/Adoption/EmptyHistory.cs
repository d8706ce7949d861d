using Belay.History;
using Belay.Postgres;
using Npgsql;

namespace Belay.Adoption;

/// <summary>Makes sure that a database has no history yet, before one is written for it that no run made.</summary>
internal static class EmptyHistory
{
    /// <summary>Passes when neither history nor journal has a row.</summary>
    /// <param name="database">The database as people may see it.</param>
    /// <exception cref="HistoryException">Something is in it; says what.</exception>
    public static async Task DemandAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        var applied = await MigrationHistory.ReadAsync(connection, cancellationToken);
        if (applied.Count > 0)
        {
            var newest = applied.MaxBy(migration => migration.AppliedUtc)!;
            throw new HistoryException(
                $"The history of {database} is not empty: it has {Quantity.Count(applied.Count, "migration")}, {Names(applied)}; "
                + $"the newest entry is of {Quantity.Utc(newest.AppliedUtc)} by {newest.AppliedBy}. Nothing was changed.",
                "./build.sh Status shows the history; ./build.sh Migrate applies what is pending");
        }

        if (await PartWayAsync(connection, cancellationToken) is { } version)
        {
            throw new HistoryException(
                $"Migration {version} stopped part-way outside a transaction in {database}, so the database is between two versions. "
                    + "Nothing was changed.",
                "./build.sh Migrate goes on with it");
        }
    }

    private static string Names(IReadOnlyList<AppliedMigration> applied) => applied.Count == 1
        ? Name(applied[0])
        : $"{Name(applied[0])} to {Name(applied[^1])}";

    private static string Name(AppliedMigration migration)
        => migration.IsRepeatable ? migration.FullName : $"{migration.Version} {migration.Name}";

    private static async Task<decimal?> PartWayAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasAsync(connection, HistorySchema.Statement, cancellationToken))
        {
            return null;
        }

        return await connection.ScalarAsync("SELECT min(version)::numeric FROM belay.statement", cancellationToken) as decimal?;
    }
}
