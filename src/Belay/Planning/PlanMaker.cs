using Belay.Migrations;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Risks;
using Belay.Schema;
using Belay.Sql;
using Npgsql;

namespace Belay.Planning;

/// <summary>Makes plans.</summary>
internal sealed class PlanMaker(DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>To write a view as SQL the server waits for a lock on each table that it reads.</summary>
    private const string Limit = "SET lock_timeout = '5s'";

    /// <summary>What counts as a risk.</summary>
    public RiskSettings Risks { get; init; } = new();

    /// <summary>The plan of what is pending, with what a dry run of it shows.</summary>
    /// <exception cref="BelayException">A migration would fail, or the folder has faults.</exception>
    public async Task<ReleasePlanFile> MakeAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var trial = await new RiskTrial(connector, settings, output, timeProvider) { Risks = Risks }.RunAsync(files, cancellationToken);
        var outcome = trial.DryRun;
        var plan = await LookAsync(files, cancellationToken);
        return plan with
        {
            Changes = outcome.Changes?.Recorded.Select(Redaction.Apply).ToList(),
            Checks = [.. outcome.Pending.SelectMany(Checks)],
            Tables = Tables(trial.Statements),
            Statements = [.. trial.Statements.Select(statement => statement.ToString())],
            Untried = [.. outcome.Planned.Select(file => $"{file}: runs outside a transaction"), .. outcome.Untried],
            Risks = trial.Risks?.Risks,
            RiskRemarks = [.. trial.Risks?.Remarks ?? []],
        };
    }

    private static IEnumerable<string> Checks(Migration file)
        => MigrationRunner.ReadChecks(file).Select(check => $"{file.FileName}: {check.Title}");

    /// <summary>Each table that a statement locks against others, reads, changes or writes anew, as it is before.</summary>
    private static List<string> Tables(IReadOnlyList<ObservedStatement> statements)
        =>
        [
            .. statements.SelectMany(statement => statement.Effects)
                .Where(effect => effect.ShutsOut || effect.Work > 0 || new ObservedLock(effect.Table, effect.Lock ?? "", default).Blocks)
                .DistinctBy(effect => effect.Table)
                .OrderBy(effect => effect.Table, StringComparer.Ordinal)
                .Select(effect => effect.ToString()),
        ];

    /// <summary>The plan without a dry run: what would run, with which settings, on which schema.</summary>
    /// <exception cref="BelayException">The folder has faults.</exception>
    public async Task<ReleasePlanFile> LookAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("plan", cancellationToken);
            var (_, plan) = await MigrationPlanReader.ReadAsync(connection, files, settings, cancellationToken);
            await connection.ExecuteAsync(Limit, cancellationToken);
            var schema = await SchemaReader.ReadAsync(connection, cancellationToken);
            return new ReleasePlanFile
            {
                MadeUtc = timeProvider.GetUtcNow(),
                Database = await DatabaseReader.ReadIdentityAsync(connection, cancellationToken),
                Role = (string?)await connection.ScalarAsync("SELECT current_user::text", cancellationToken),
                Files = [.. (plan.Faults.Count == 0 ? plan.Pending : throw MigrationRunner.Refusal(plan.Faults)).Select(PlannedFile.Of)],
                Settings = PlanSettings.Of(settings),
                Schema = schema?.Lines.Select(Redaction.Apply).ToList(),
                SchemaSha256 = schema?.Sha256,
            };
        }
        catch (NpgsqlException fault)
        {
            throw MigrationRunner.Unreadable(connector, fault);
        }
    }
}
