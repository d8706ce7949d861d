using Belay.Arguments;

namespace Belay.Releases.Stages;

/// <summary>The table at the end of a run, for a program without a build engine.</summary>
public static class RunSummary
{
    private const int Gap = 3;
    private const int StatusWidth = 12;
    private const int DurationWidth = 8;

    /// <summary>The table's lines: a row per target of the plan, in its order.</summary>
    public static IReadOnlyList<string> Lines(RunArguments arguments, RunOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(outcome);
        var order = ReleaseOrder.Of(arguments.Targets);
        var skipped = SkippedTargets.Of(order, arguments.Skipped);
        var width = order.Select(target => target.Name.Length).DefaultIfEmpty().Max() + Gap;
        var rule = new string('─', width + StatusWidth + DurationWidth);
        return
        [
            "",
            $"{"Target".PadRight(width)}{"Status".PadRight(StatusWidth)}Duration",
            rule,
            .. order.Select(target => $"{target.Name.PadRight(width)}{Row(target.Name, skipped, outcome)}".TrimEnd()),
            rule,
            outcome.ExitCode == ExitCodes.Done ? "Succeeded" : $"Failed with exit code {outcome.ExitCode}",
        ];
    }

    private static string Row(string name, IReadOnlyDictionary<string, string> skipped, RunOutcome outcome)
    {
        if (outcome.Stages.FirstOrDefault(stage => stage.Name == name) is { } ran)
        {
            return $"{(ran.Failure is null ? "Succeeded" : "Failed").PadRight(StatusWidth)}{Duration(ran.Duration)}   // "
                + $"{ran.Failure?.Summary ?? ran.Fact}";
        }

        return outcome.LeftOut.TryGetValue(name, out var condition) ? LeftOut($"only when {condition}")
            : skipped.TryGetValue(name, out var reason) ? LeftOut(reason)
            : "NotRun";
    }

    private static string LeftOut(string why) => $"{"Skipped".PadRight(StatusWidth)}{new string(' ', DurationWidth)}   // {why}";

    private static string Duration(TimeSpan duration)
        => (duration < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}").PadLeft(DurationWidth);
}
