using Belay.Bench.Dbmate;
using Belay.Bench.Measuring;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Bench.Histories;

/// <summary>dbmate on a copy of the files with its own header; its history table is in a schema of its own,
/// so that schemas can be compared.</summary>
internal sealed class DbmateHistory(PostgresPlace place, string program) : IHistoryTool
{
    public string Name => "dbmate";

    /// <summary>Installs dbmate; null where its package has no program for this machine.</summary>
    public static async Task<IHistoryTool?> CreateAsync(PostgresPlace place, CancellationToken cancellationToken)
        => await DbmateProgram.EnsureAsync(cancellationToken) is { } program ? new DbmateHistory(place, program) : null;

    public async Task<(int Applied, string? Failure, WorkCost Cost)> RunAsync(
        History history, DatabaseTarget database, CancellationToken cancellationToken)
    {
        var folder = place.NewFolder("dbmate");
        foreach (var (migration, index) in history.Set.Migrations.Select((migration, index) => (migration, index)))
        {
            var header = migration.Directives.NoTransaction ? "-- migrate:up transaction:false" : "-- migrate:up";
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{index + 1:0000}_migration.sql"),
                $"{header}\n{migration.Text}\n-- migrate:down\n",
                cancellationToken);
        }

        var clock = new WorkClock(place);
        var result = await DbmateProgram.MigrateAsync(program, folder, database, cancellationToken);
        var cost = await clock.ReadAsync(cancellationToken);
        var applied = await CountAsync(database, cancellationToken);
        return (
            applied,
            result.ExitCode == 0
                ? null
                : Redaction.Apply(
                    $"{history.Set.Migrations[Math.Min(applied, history.Set.Migrations.Count - 1)].FileName}: "
                        + $"{result.StandardError.Trim()}"),
            cost);
    }

    private static async Task<int> CountAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(database).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*)::int FROM dbmate.schema_migrations", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
