using Belay.Arguments;

namespace Belay.Releases.Stages;

/// <summary>The table at the end of a run.</summary>
public static class RunSummary
{
    private const int Gap = 3;
    private const int StatusWidth = 12;
    private const int DurationWidth = 8;

    /// <summary>The table's lines: a row per target of the plan, in its order, each with what it tells.</summary>
    /// <param name="left">The targets that were to be left out; null for none, empty for all that was not typed.</param>
    public static IReadOnlyList<(string Text, LineTone Tone)> Lines(
        IReadOnlyList<PlannedTarget> plan, IReadOnlyList<string>? left, RunOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(outcome);
        var skipped = SkippedTargets.Of(plan, left);
        var width = plan.Select(target => target.Name.Length).DefaultIfEmpty().Max() + Gap;
        var rule = (new string('─', width + StatusWidth + DurationWidth), LineTone.Plain);
        return
        [
            ("", LineTone.Plain),
            ($"{"Target".PadRight(width)}{"Status".PadRight(StatusWidth)}Duration", LineTone.Plain),
            rule,
            .. plan.Select(target => (
                $"{target.Name.PadRight(width)}{Row(target.Name, skipped, outcome)}".TrimEnd(), ToneOf(target.Name, outcome))),
            rule,
        ];
    }

    private static LineTone ToneOf(string name, RunOutcome outcome)
        => outcome.Stages.FirstOrDefault(stage => stage.Name == name) switch
        {
            null => LineTone.Plain,
            { Failure: null } => LineTone.Good,
            { Failure.IsCancellation: true } => LineTone.Doubtful,
            _ => LineTone.Bad,
        };

    private static string Row(string name, IReadOnlyDictionary<string, string> skipped, RunOutcome outcome)
    {
        if (outcome.Stages.FirstOrDefault(stage => stage.Name == name) is { } ran)
        {
            var status = ran.Failure switch { null => "Succeeded", { IsCancellation: true } => "Cancelled", _ => "Failed" };
            return $"{status.PadRight(StatusWidth)}{Duration(ran.Duration)}{(ran.Fact is null ? "" : $"   // {ran.Fact}")}";
        }

        return outcome.LeftOut.TryGetValue(name, out var condition) ? LeftOut($"only when {condition}")
            : skipped.TryGetValue(name, out var reason) ? LeftOut(reason)
            : "NotRun";
    }

    private static string LeftOut(string why) => $"{"Skipped".PadRight(StatusWidth)}{new string(' ', DurationWidth)}   // {why}";

    private static string Duration(TimeSpan duration)
        => (duration < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}").PadLeft(DurationWidth);
}
