using Belay.Migrations;
using Belay.Migrations.DryRuns;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Schema;
using Belay.Sql;
using Npgsql;

namespace Belay.Planning;

/// <summary>Makes plans.</summary>
internal sealed class PlanMaker(DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>The plan of what is pending, with what a dry run of it shows.</summary>
    /// <exception cref="BelayException">A migration would fail, or the folder has faults.</exception>
    public async Task<ReleasePlanFile> MakeAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var observer = new StatementObserver(connector, timeProvider) { KeepsLocks = true };
        var outcome = await new DryRunner(connector, settings, output, timeProvider) { Observer = observer }
            .RunAsync(files, cancellationToken);
        var plan = await LookAsync(files, cancellationToken);
        return plan with
        {
            Changes = outcome.Changes?.Recorded.Select(Redaction.Apply).ToList(),
            Statements = [.. observer.Statements.Select(statement => statement.ToString())],
            Untried = [.. outcome.Planned.Select(file => $"{file}: runs outside a transaction"), .. outcome.Untried],
        };
    }

    /// <summary>The plan without a dry run: what would run, with which settings, on which schema.</summary>
    /// <exception cref="BelayException">The folder has faults.</exception>
    public async Task<ReleasePlanFile> LookAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("plan", cancellationToken);
            var (_, plan) = await MigrationPlanReader.ReadAsync(connection, files, settings, cancellationToken);
            return new ReleasePlanFile
            {
                MadeUtc = timeProvider.GetUtcNow(),
                Database = await DatabaseReader.ReadIdentityAsync(connection, cancellationToken),
                Files = [.. (plan.Faults.Count == 0 ? plan.Pending : throw MigrationRunner.Refusal(plan.Faults)).Select(PlannedFile.Of)],
                Settings = PlanSettings.Of(settings),
                Schema = (await SchemaReader.ReadAsync(connection, cancellationToken))?.Lines.Select(Redaction.Apply).ToList(),
            };
        }
        catch (NpgsqlException fault)
        {
            throw MigrationRunner.Unreadable(connector, fault);
        }
    }
}
