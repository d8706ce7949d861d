using Belay.History;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations.DryRuns;

/// <summary>Runs the pending migrations in one transaction, checks included, and rolls it back. It needs no backup:
/// nothing is kept.</summary>
/// <param name="settings">Limits and order policy.</param>
/// <param name="output">Takes what would happen, and the server's messages as they come.</param>
internal sealed class DryRunner(DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Watches the statements; null when nobody wants to know.</summary>
    public IStatementObserver? Observer { get; init; }

    /// <summary>The runner lock, when the caller holds it; null has the dry run wait for it.</summary>
    public RunnerLock? Lock { get; init; }

    /// <summary>Waits for the runner lock and tries what is pending then.</summary>
    /// <param name="files">The migrations of the folder.</param>
    /// <exception cref="MigrationException">A migration was refused or would fail; the database is as before.</exception>
    public async Task<DryRunOutcome> RunAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var context = new RunContext(connector, settings, output, timeProvider) { BackupId = null, IsDryRun = true, Observer = Observer };
        await using var own = Lock is null ? await RunnerLock.AcquireAsync(context, cancellationToken) : null;
        var pending = await ReadPendingAsync(files, cancellationToken);
        if (pending.Count == 0)
        {
            return new DryRunOutcome([], [], []);
        }

        output.Line(
            "Dry run: one transaction, rolled back at its end. Until then it holds the locks that the migrations take. nextval is not "
                + "rolled back.");
        var jobs = pending.Select(migration => new MigrationJob(context, Lock ?? own!, migration, MigrationRunner.ReadChecks(migration)))
            .ToArray();
        var patience = new LockPatience(context, settings.LockTimeout);
        while (true)
        {
            try
            {
                var outcome = await new DryRunAttempt(context, jobs, patience).RunAsync(cancellationToken);
                patience.Tell("The dry run");
                return outcome;
            }
            catch (MigrationException exception)
                when (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                if (!await patience.PauseAsync("The dry run", cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    private async Task<IReadOnlyList<Migration>> ReadPendingAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("dry run", cancellationToken);
            var (_, plan) = await MigrationPlanReader.ReadAsync(connection, files, settings, cancellationToken);
            return plan.Faults.Count == 0 ? plan.Pending : throw MigrationRunner.Refusal(plan.Faults);
        }
        catch (NpgsqlException exception)
        {
            throw MigrationRunner.Unreadable(connector, exception);
        }
    }
}
