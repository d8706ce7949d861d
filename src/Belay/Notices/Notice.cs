using Belay.Reporting;

namespace Belay.Notices;

/// <summary>What others are told of a run. All texts are harmless, secrets masked, and bounded in length.</summary>
internal sealed record Notice
{
    private const int LongestText = 1500;

    private Notice(NoticeEvent what, ReleaseRecord run)
    {
        Event = what;
        Run = run;
        Title = NoticeText.Bounded($"{string.Join(' ', run.Targets)} of {run.Database ?? "no database"} {Verb()}", 150);
        Message = run.Message is { } message ? NoticeText.Bounded(message, LongestText) : null;
        Facts = [.. NoticeText.FactsOf(what, run).Select(fact => (fact.Name, NoticeText.Bounded(fact.Value, LongestText)))];
    }

    /// <summary>What is told.</summary>
    public NoticeEvent Event { get; }

    /// <summary>The run as far as it is known.</summary>
    public ReleaseRecord Run { get; }

    /// <summary>In one line: <c>Migrate of db:5432/shop succeeded in 12.0 s</c>.</summary>
    public string Title { get; }

    /// <summary>What failed, in words; null when nothing did.</summary>
    public string? Message { get; }

    /// <summary>What else there is to know, at most ten.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; }

    /// <summary>Of the beginning.</summary>
    public static Notice OfStart(ReleaseRecord run) => new(NoticeEvent.Started, run);

    /// <summary>Of the end.</summary>
    public static Notice OfEnd(ReleaseRecord run) => new(
        run.Outcome switch
        {
            ReleaseOutcome.Succeeded => NoticeEvent.Succeeded,
            ReleaseOutcome.Cancelled => NoticeEvent.Cancelled,
            _ => NoticeEvent.Failed,
        },
        run);

    private string Verb() => Event switch
    {
        NoticeEvent.Started => "started",
        NoticeEvent.Succeeded => $"succeeded in {Quantity.Duration(Run.FinishedUtc - Run.StartedUtc)}",
        NoticeEvent.Cancelled => $"was cancelled, exit code {Run.ExitCode}",
        _ => $"FAILED, exit code {Run.ExitCode}",
    };
}
