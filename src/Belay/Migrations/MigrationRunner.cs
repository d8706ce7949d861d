using Belay.Gate;
using Belay.History;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Schema;
using Belay.Sql;
using Belay.Telemetry;
using Belay.Verification;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Runs the pending migrations, each in a transaction of its own with its checks and its history row.</summary>
/// <param name="settings">Limits and order policy.</param>
/// <param name="output">Takes the server's messages as they come, and what the runner waits for.</param>
public sealed class MigrationRunner(
    DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Tells and records what a run changes in the schema; null to leave that out.</summary>
    internal SchemaWatch? Watch { get; init; }

    /// <summary>The runner lock, when the caller holds it since before the gate; null has the run wait for it.</summary>
    internal RunnerLock? Lock { get; init; }

    /// <summary>Told of each migration as soon as it is committed; a later one may fail. The default is nobody.</summary>
    internal Action<AppliedMigration>? Committed { get; init; }

    /// <summary>Watches the statements, on a copy; null in a release.</summary>
    internal IStatementObserver? Observer { get; init; }

    /// <summary>Keeps what the scripts do, for the record; null where nobody wants it.</summary>
    internal ScriptTrace? Trace { get; init; }

    /// <summary>Waits for the runner lock, reads the history again, and runs what is pending then.</summary>
    /// <param name="proof">The gate's permit; its backup must be of this database and newer than its last migration.</param>
    /// <param name="files">The migrations of the folder.</param>
    /// <exception cref="GateException">The proof is for another database, or older than the last migration.</exception>
    /// <exception cref="MigrationException">A migration was refused, failed, or stopped part-way.</exception>
    public async Task<MigrationOutcome> RunAsync(BackupProof proof, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var context = new RunContext(connector, settings, output, timeProvider) 
        {
            BackupId = proof.Backup.Id,
            Observer = Observer,
            Trace = Trace,
            IsCounted = !files.Any(file => file.Text.Contains("track_counts", StringComparison.OrdinalIgnoreCase)),
        };
        await using var own = Lock is null ? await RunnerLock.AcquireAsync(context, cancellationToken) : null;
        var (applied, plan, target) = await ReadStateAsync(files, cancellationToken);
        if (plan.Faults.Count > 0)
        {
            throw Refusal(plan.Faults);
        }

        if (plan.Pending.Count == 0)
        {
            return new MigrationOutcome([], applied.Count, null);
        }

        proof.DemandFits(target);
        var jobs = plan.Pending.Select(migration => new MigrationJob(context, Lock ?? own!, migration, ReadChecks(migration))).ToArray();
        await (Watch is null
            ? RunAllAsync(jobs, cancellationToken)
            : Watch.AroundAsync($"release behind backup {proof.Backup.Id}", () => RunAllAsync(jobs, cancellationToken), cancellationToken));
        return new MigrationOutcome([.. context.Applied], applied.Count, proof.Backup.Id);
    }

    private async Task<int> RunAllAsync(MigrationJob[] jobs, CancellationToken cancellationToken)
    {
        await using var sessions = new SessionKeeper(jobs[0].Context, jobs.Length);
        foreach (var job in jobs)
        {
            await (job.Context.Observer?.BeginAsync(job.Migration, cancellationToken) ?? Task.CompletedTask);
            var applied = await ReleaseTelemetry.SpanAsync($"migration {job.Migration.FileName}", async span =>
            {
                span?.SetTag("belay.rehearsal", job.Context.Observer is not null);
                return await TellingAsync(job, sessions, cancellationToken);
            });
            TellDuration(job, applied);
            job.Context.Applied.Add(applied);
            Committed?.Invoke(applied);
            await (job.Context.Observer?.EndAsync(cancellationToken) ?? Task.CompletedTask);
        }

        return jobs.Length;
    }

    private static void TellDuration(MigrationJob job, AppliedMigration applied)
    {
        if (job.Context.Observer is null)
        {
            ReleaseTelemetry.MigrationEnded(applied.Duration, applied.FullName);
        }
    }

    private static async Task<AppliedMigration> TellingAsync(MigrationJob job, SessionKeeper sessions, CancellationToken cancellationToken)
    {
        var context = job.Context;
        await using var progress = new MigrationProgress(job.Migration.FileName, context.Output, context.TimeProvider);
        context.Progress = progress;
        context.Trace?.Begin(job.Migration.FileName);
        var completed = false;
        try
        {
            var applied = await RunOneAsync(job, sessions, cancellationToken);
            completed = true;
            context.Output.Line($"{job.Migration.FileName} applied in {Quantity.Duration(progress.Elapsed)}");
            return applied;
        }
        finally
        {
            context.Trace?.End(completed);
            context.Progress = null;
        }
    }

    private static async Task<AppliedMigration> RunOneAsync(MigrationJob job, SessionKeeper sessions, CancellationToken cancellationToken)
    {
        return await (job.Migration.Directives.NoTransaction
            ? new JournaledMigration(job, sessions).RunAsync(cancellationToken)
            : new TransactionalMigration(job, sessions).RunAsync(cancellationToken));
    }

    private async Task<(IReadOnlyList<AppliedMigration> Applied, MigrationPlan Plan, GateTarget Target)> ReadStateAsync(
        IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("migrate", cancellationToken);
            var (applied, plan) = await MigrationPlanReader.ReadAsync(connection, files, settings, cancellationToken);
            return (applied, plan, await GateTargetReader.ReadAsync(connection, cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            throw Unreadable(connector, exception);
        }
    }

    internal static MigrationException Unreadable(DatabaseConnector connector, NpgsqlException exception) => new(
        $"Cannot read the state of {connector.Target.DisplayName}: {exception.Message}\nNothing was changed.",
        ExitCodes.MigrationRolledBack,
        "./build.sh Preflight",
        exception);

    internal static IReadOnlyList<Check> ReadChecks(Migration migration)
        => migration.Verify is { } source ? CheckFile.Read([source]) : [];

    internal static MigrationException Refusal(IReadOnlyList<PlanFault> faults) => new(
        $"{Quantity.Count(faults.Count, "fault")} in the migrations, nothing was "
            + $"run:\n{string.Join('\n', faults.Select(fault => fault.Message))}",
        ExitCodes.PreflightRefused,
        string.Join("; ", faults.Select(fault => fault.Hint).Distinct()));
}
