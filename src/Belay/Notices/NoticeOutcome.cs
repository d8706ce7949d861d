using Belay.Reporting;

namespace Belay.Notices;

/// <summary>What became of the notices to one webhook.</summary>
/// <param name="StartFault">Why it was not told of the start, as a clause; null when it was, or was not meant to be.</param>
/// <param name="EndFault">The same of the end.</param>
internal sealed record NoticeOutcome(Webhook Webhook, string? StartFault, string? EndFault)
{
    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Warning => (StartFault, EndFault) switch
    {
        (null, null) => null,
        (null, var end) => $"The webhook {Webhook.Name} was not told of the end of the run: {end}",
        (var start, null) => $"The webhook {Webhook.Name} was not told of the start of the run: {start}",
        (_, var end) => $"The webhook {Webhook.Name} was told neither of the start nor of the end of the run: {end}",
    };

    /// <summary>What it was told, for the record.</summary>
    public string Summary => EndFault is not null
        ? Warning!
        : $"{(StartFault is null ? "" : $"Not of the start, because {StartFault}: ")}{Webhook.Name}{ReleaseTasks.WasTold}";
}
