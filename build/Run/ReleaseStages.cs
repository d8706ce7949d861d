using Belay;
using Belay.History;
using Belay.Migrations;
using Belay.Migrations.DryRuns;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Sql;
using Belay.Verification;

/// <summary>Calls each stage of a release with what the run has, prints the guide's lines, and returns one fact for the summary.</summary>
static class ReleaseStages
{
    public static async Task<string> PreflightAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        run.Transcript.Begin(run.Database.Database);
        run.Transcript.SettingsLoaded();
        run.Transcript.DatabaseConfigured(run.Database.DisplayName);
        var report = await new PreflightRunner(new PreflightRequest
        {
            Target = run.Database,
            Store = run.Settings.Store is null ? null : run.Store,
            Migrations = run.Settings.Migrations,
            Drift = run.Settings.Drift,
            Work = PlannedWork.Of(run.Request),
            RecordFolder = run.Record.Folder,
            ReadsMigrations = run.Settings.Migrator is null,
        }).RunAsync(cancellationToken);
        run.Preflight = report;
        run.Transcript.MigrationsLoaded([.. report.Pending.Select(migration => migration.FileName)]);
        run.Transcript.DatabaseConnected(report.ServerVersion);
        run.Transcript.PreflightCompleted(report.PendingObjects);
        FindingPrinter.Print(report.Findings, run.Output);
        run.Record.Drifted(report.Drift);
        run.Record.Saw([$"Server: {report.ServerVersion}", .. report.Findings.Select(finding => $"{finding.Severity}: {finding.Message}")]);
        return $"{Quantity.Count(report.Pending.Count, "migration")} pending, {report.Applied.Count} applied";
    }

    public static async Task<string> MigrateAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Migrator is { } migrator)
        {
            return await MigratorStage.RunAsync(run, migrator, cancellationToken);
        }

        if (run.Settings.DryRun)
        {
            return await TryMigrationsAsync(run, cancellationToken);
        }

        var files = run.ReadMigrations();
        await using var held = await GateStage.LockAsync(run, cancellationToken);
        var (_, applied, plan) = await ReadPlanAsync(run, files, cancellationToken);
        if (plan is { Pending.Count: 0, Faults.Count: 0 })
        {
            run.Transcript.NothingToMigrate();
            run.JustRan = new HashSet<string>();
            await run.Watch.ConfirmAsync(run.Preflight?.Drift, cancellationToken);
            return $"Nothing to migrate: {applied.Count} applied";
        }

        await using var proof = await GateStage.DemandAsync(run, cancellationToken);
        await TryLoginAsync(run, cancellationToken);
        run.Transcript.MigrationStarted();
        var outcome = await new MigrationRunner(run.Connector, run.Settings.Migrations, run.Output, ReleaseRun.Time) { Watch = run.Watch, Lock = held }
            .RunAsync(proof, files, cancellationToken);
        run.Record.Ran(outcome.Applied);
        run.JustRan = files.Where(file => outcome.Applied.Any(row => row.IsOf(file)))
            .Select(file => file.Verify?.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);
        run.Transcript.MigrationSucceeded();
        return $"{Quantity.Count(outcome.Applied.Count, "migration")} applied behind backup {proof.Backup.Id}";
    }

    public static async Task<string> VerifyAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var (_, applied) = await ReadHistoryAsync(run, cancellationToken);
        var verifier = new VerifyRunner(run.Connector);
        var report = await (run.Settings.Migrator is null
            ? verifier.RunAsync(run.ReadMigrations().Where(file => applied.Any(row => row.IsOf(file))), cancellationToken)
            : verifier.RunFolderAsync(run.Settings.Migrations.Folder, cancellationToken));
        report = run.JustRan is { } files ? report.CountingOnly(files) : report;
        run.Record.Verified(report);
        run.Transcript.Verified(VerificationRenderer.Lines(report));
        report.EnsurePassed();
        WarnOfChecks(run, report);
        return report.HasVerified
            ? $"{Quantity.Count(report.Results.Count(result => result.Passed), "check")} passed"
                + (report.FailedEarlier.Count == 0 ? "" : $", {report.FailedEarlier.Count} of earlier releases failed")
            : "nothing was verified: no checks";
    }

    private static void WarnOfChecks(ReleaseRun run, VerificationReport report)
    {
        foreach (var result in report.FailedEarlier)
        {
            var place = $"{Path.GetFileName(result.Check.File)}:{result.Check.Line}";
            run.Output.Warn($"{place}: {result.Check.Title}: fails now, and belongs to an earlier release; ./build.sh Verify refuses over it");
        }

        if (run.Settings.Migrations.RequireChecks)
        {
            report.EnsureVerified();
        }
        else if (!report.HasVerified)
        {
            run.Output.Warn(
                $"Nothing was verified: no applied migration in {run.Settings.Migrations.Folder} has a check that expects something; "
                + "--require-checks refuses that");
        }
    }

    public static async Task<string> SmokeTestAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var report = await run.Login.RunAsync(cancellationToken);
        run.Record.LoggedIn(run.LoginBefore?.Summary, report.Login.Summary, passed: true);
        run.Transcript.LoggedIn(run.LoginBefore?.Summary, report.Login.Summary);
        return run.LoginBefore is { } before ? $"login {before.Summary} → {report.Login.Summary}" : $"login {report.Login.Summary}";
    }

    private static async Task<string> TryMigrationsAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var outcome = await new DryRunner(run.Connector, run.Settings.Migrations, run.Output, ReleaseRun.Time).RunAsync(run.ReadMigrations(), cancellationToken);
        return $"Dry run, nothing kept: {outcome.Summary}";
    }

    internal static Task<(DatabaseIdentity Identity, IReadOnlyList<AppliedMigration> Applied)> ReadHistoryAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Connector.ReadAsync(
            "status",
            async connection => (await DatabaseReader.ReadIdentityAsync(connection, cancellationToken), await MigrationHistory.ReadAsync(connection, cancellationToken)),
            cancellationToken);

    private static Task<(DatabaseIdentity Identity, IReadOnlyList<AppliedMigration> Applied, MigrationPlan Plan)> ReadPlanAsync(
        ReleaseRun run, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
        => run.Connector.ReadAsync(
            "status",
            async connection =>
            {
                var (applied, plan) = await MigrationPlanReader.ReadAsync(connection, files, run.Settings.Migrations, cancellationToken);
                return (await DatabaseReader.ReadIdentityAsync(connection, cancellationToken), applied, plan);
            },
            cancellationToken);

    internal static Task<IReadOnlyList<PartWayMigration>> ReadPartWayAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Connector.ReadAsync("status", connection => PartWayHistory.ReadAsync(connection, cancellationToken), cancellationToken);

    internal static async Task TryLoginAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Request.SmokeTestFollows && run.Settings.Smoke is not null)
        {
            run.LoginBefore = await run.Login.TryOnceAsync(cancellationToken);
            run.Record.LoggedIn(run.LoginBefore.Summary, "not reached", passed: false);
        }
    }
}
