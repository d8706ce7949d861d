using Belay.Notices;
using Belay.Settings;

namespace Belay.Releases.Telling;

/// <summary>Tells webhooks of a run that does more than look. Nothing of it fails or holds up the run.</summary>
internal static class RunNotices
{
    /// <summary>Tells of the start, beside what the run does meanwhile.</summary>
    public static void Start(ReleaseRun run)
    {
        if (run.Request.TellsOthers && run.Settings.Webhooks is { Count: > 0 } webhooks)
        {
            run.Notices = new NoticeSender(webhooks, run.TimeProvider);
            run.Notices.Start(run.Record.Make(ExitCodes.Done));
        }
    }

    /// <summary>Tells of the end, and puts on record who was told; whoever was not is a warning.</summary>
    public static async Task EndAsync(ReleaseRun run, int exitCode)
    {
        if (run.Notices is { } sender)
        {
            await EndAsync(sender, run.Request, run.Record, exitCode);
        }
    }

    /// <summary>Tells of a run whose settings were refused, as far as the webhooks' own can be read.</summary>
    public static async Task RefusedAsync(RunRequest request, RunRecord record, int exitCode)
    {
        var webhooks = request.TellsOthers ? Webhook.Read(request.Input, new SettingsFaults()) : [];
        if (webhooks.Count > 0)
        {
            await EndAsync(new NoticeSender(webhooks, request.Host.TimeProvider), request, record, exitCode);
        }
    }

    private static async Task EndAsync(NoticeSender sender, RunRequest request, RunRecord record, int exitCode)
    {
        using (sender)
        {
            var outcomes = await sender.EndAsync(record.Make(exitCode));
            record.Told(outcomes.Select(outcome => outcome.Summary));
            foreach (var warning in outcomes.Select(outcome => outcome.Warning).OfType<string>())
            {
                // The engine's own summary is over: a line like the one that names the record.
                request.Host.Output.Line($"Warning: {warning}", LineTone.Doubtful);
            }
        }
    }
}
