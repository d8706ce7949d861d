using Belay.SmokeTests;

namespace Belay.Releases.Stages;

/// <summary>Logs in after a migration, and before it where that follows.</summary>
internal static class SmokeTestStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var report = await LogInAsync(run, cancellationToken);
        run.Record.LoggedIn(run.LoginBefore?.Summary, report.Login.Summary, passed: true);
        run.Transcript.LoggedIn(run.LoginBefore?.Summary, report.Login.Summary);
        return run.LoginBefore is { } before ? $"login {before.Summary} → {report.Login.Summary}" : $"login {report.Login.Summary}";
    }

    /// <summary>The login that was tried stands on record also when it failed.</summary>
    private static async Task<SmokeReport> LogInAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.Login.RunAsync(cancellationToken);
        }
        catch (SmokeTestException fault) when (fault.Attempt is { } attempt)
        {
            run.Record.LoggedIn(run.LoginBefore?.Summary, attempt.Summary, passed: false);
            throw;
        }
    }

    public static async Task TryLoginAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Request.SmokeTestFollows && run.Settings.Smoke is not null)
        {
            run.LoginBefore = await run.Login.TryOnceAsync(cancellationToken);
            run.Record.LoggedIn(run.LoginBefore.Summary, null, passed: false);
        }
    }
}
