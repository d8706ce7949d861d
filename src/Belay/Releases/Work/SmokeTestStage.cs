using Belay.Preflight;
using Belay.Reporting;
using Belay.SmokeTests;

namespace Belay.Releases.Work;

/// <summary>Logs in after a migration, and before it where that follows.</summary>
internal static class SmokeTestStage
{
    private const string LeaveOut = "./build.sh Migrate --skip SmokeTest releases without, and the record says that nobody logged in";

    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        List<string> facts = [];
        foreach (var login in run.Logins)
        {
            var (before, after) = (login.Before, (await LogInAsync(run, login, cancellationToken)).Login);
            run.Transcript.LoggedIn(login.ShortName, before?.TimedSummary, after.TimedSummary);
            if (LoginJudgement.Slower(before, after) is { } slower)
            {
                run.Output.Warn(slower);
            }

            facts.Add(before is null ? after.Summary : $"{before.Summary} → {after.Summary}");
        }

        return facts is [var only] ? $"login {only}" : $"{facts.Count} logins: {string.Join("; ", facts)}";
    }

    /// <summary>Logs in anew, one after the other, and says in short what came of each.</summary>
    /// <exception cref="SmokeTestException">One failed.</exception>
    public static async Task<IReadOnlyList<string>> SummariesAsync(
        IReadOnlyList<LoginSmokeTest> logins, CancellationToken cancellationToken)
    {
        List<string> summaries = [];
        foreach (var login in logins)
        {
            summaries.Add((await login.RunAsync(cancellationToken)).Login.Summary);
        }

        return summaries;
    }

    /// <summary>Tries the logins before anything is touched, once in a run: what no migration mends stops the release here.</summary>
    /// <exception cref="PreflightException">Nobody answers as the application would.</exception>
    public static async Task JudgeAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Smoke is null || !run.Request.TriesLogin || run.Logins[0].Before is not null)
        {
            return;
        }

        List<Finding> findings = [];
        foreach (var login in run.Logins)
        {
            var attempt = await login.TryOnceAsync(cancellationToken);
            if (LoginJudgement.IsHopeless(attempt.Fault))
            {
                findings.Add(new Finding(
                    FindingSeverity.Refusal,
                    $"{login.Name}: {attempt.Summary}, which no migration mends",
                    $"{login.HintFor(attempt)}; {LeaveOut}"));
            }
            else
            {
                run.Output.Line(
                    $"      {(login.ShortName is { } name ? $"{name} before" : "Login before")} the migration: {attempt.TimedSummary}");
            }
        }

        run.Record.LoggedIn([.. run.Logins.Select(login => new ReleaseLogin(login.Before?.TimedSummary, null, Passed: false)
        {
            Name = login.ShortName,
        })]);
        if (findings.Count > 0)
        {
            throw new PreflightException(findings);
        }
    }

    /// <summary>The login that was tried stands on record also when it failed.</summary>
    private static async Task<SmokeReport> LogInAsync(ReleaseRun run, LoginSmokeTest login, CancellationToken cancellationToken)
    {
        try
        {
            return await login.RunAsync(cancellationToken);
        }
        finally
        {
            run.Record.LoggedIn([.. run.Logins.Select(one
                => new ReleaseLogin(one.Before?.TimedSummary, one.After?.TimedSummary, one.Passed) { Name = one.ShortName })]);
        }
    }
}
