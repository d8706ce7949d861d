using Belay.Preflight;
using Belay.SmokeTests;

namespace Belay.Releases.Work;

/// <summary>Logs in after a migration, and before it where that follows.</summary>
internal static class SmokeTestStage
{
    private const string LeaveOut = "./build.sh Migrate --skip SmokeTest releases without, and the record says that nobody logged in";

    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var (before, after) = (run.LoginBefore, (await LogInAsync(run, cancellationToken)).Login);
        run.Record.LoggedIn(before?.TimedSummary, after.TimedSummary, passed: true);
        run.Transcript.LoggedIn(before?.TimedSummary, after.TimedSummary);
        if (LoginJudgement.Slower(before, after) is { } slower)
        {
            run.Output.Warn(slower);
        }

        return before is null ? $"login {after.Summary}" : $"login {before.Summary} → {after.Summary}";
    }

    /// <summary>Tries the login before anything is touched, once in a run: what no migration mends stops the release here.</summary>
    /// <exception cref="PreflightException">Nobody answers as the application would.</exception>
    public static async Task JudgeAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.LoginBefore is not null || run.Settings.Smoke is not { } smoke || !run.Request.TriesLogin)
        {
            return;
        }

        var attempt = run.LoginBefore = await run.Login.TryOnceAsync(cancellationToken);
        run.Record.LoggedIn(attempt.TimedSummary, null, passed: false);
        if (LoginJudgement.IsHopeless(attempt.Fault))
        {
            throw new PreflightException(
            [
                new Finding(
                    FindingSeverity.Refusal,
                    $"{run.Login.Name}: {attempt.Summary}, which no migration mends",
                    $"{SmokeHints.For(attempt.Fault)}; {LeaveOut}"),
            ]);
        }

        run.Output.Line($"      Login before the migration: {attempt.TimedSummary}");
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
            run.Record.LoggedIn(run.LoginBefore?.TimedSummary, attempt.TimedSummary, passed: false);
            throw;
        }
    }
}
