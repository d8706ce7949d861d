using Belay.Verification;

namespace Belay.Releases.Work;

/// <summary>Runs the checks of what was applied.</summary>
internal static class VerifyStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var report = await ReadAsync(run, cancellationToken);
        run.Record.Verified(report);
        run.Transcript.Verified(VerificationRenderer.Lines(report));
        report.EnsurePassed();
        WarnOfChecks(run, report);
        return report.HasVerified
            ? $"{Quantity.Count(report.Results.Count(result => result.Passed), "check")} passed"
                + (report.FailedEarlier.Count == 0 ? "" : $", {report.FailedEarlier.Count} of earlier releases failed")
            : "nothing was verified: no checks";
    }

    /// <summary>Runs the checks and judges nothing.</summary>
    public static async Task<VerificationReport> ReadAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var applied = await HistoryReading.AppliedAsync(run, cancellationToken);
        var verifier = new VerifyRunner(run.Connector);
        var report = await (run.Settings.Migrator is null
            ? verifier.RunAsync(run.ReadMigrations().Where(file => applied.Any(row => row.IsOf(file))), cancellationToken)
            : verifier.RunFolderAsync(run.Settings.Migrations.Folder, cancellationToken));
        return run.JustRan is { } files ? report.CountingOnly(files) : report;
    }

    private static void WarnOfChecks(ReleaseRun run, VerificationReport report)
    {
        foreach (var result in report.FailedEarlier)
        {
            var place = $"{Path.GetFileName(result.Check.File)}:{result.Check.Line}";
            run.Output.Warn(
                $"{place}: {result.Check.Title}: fails now, and belongs to an earlier release; ./build.sh Verify refuses over it");
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
}
