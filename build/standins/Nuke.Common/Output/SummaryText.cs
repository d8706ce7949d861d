using System.Globalization;
using System.Text;
using Nuke.Common.Execution;

namespace Nuke.Common.Output;

/// <summary>The table at the end of a run.</summary>
internal static class SummaryText
{
    private const int StatusWidth = 12;
    private const int DurationWidth = 8;
    private const int SmallestNameWidth = 19;

    /// <summary>Prints a row per target, the total and the outcome.</summary>
    /// <param name="now">When the summary is written, in local time.</param>
    public static void Write(NukeBuild build, DateTimeOffset now) => Console.Write(Render(build, now));

    private static string Render(NukeBuild build, DateTimeOffset now)
    {
        var targets = build.ExecutionPlan.Where(target => target.Status != ExecutionStatus.Collective).ToList();
        var nameWidth = Math.Max(SmallestNameWidth, targets.Select(target => target.Name.Length + 4).DefaultIfEmpty().Max());
        var lineWidth = nameWidth + StatusWidth + DurationWidth;
        var total = TimeSpan.FromTicks(targets.Sum(target => target.Duration.Ticks));

        var text = new StringBuilder().AppendLine();
        text.AppendLine(new string('═', lineWidth));
        text.AppendLine("Target".PadRight(nameWidth) + "Status".PadRight(StatusWidth) + "Duration");
        text.AppendLine(new string('─', lineWidth));
        targets.ForEach(target => text.AppendLine(Row(target, nameWidth)));
        text.AppendLine(new string('─', lineWidth));
        text.AppendLine("Total".PadRight(nameWidth + StatusWidth) + Duration(total));
        text.AppendLine(new string('═', lineWidth));
        text.AppendLine();
        var stamp = now.ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        text.AppendLine(build.IsSucceeding ? $"Build succeeded on {stamp}. ＼（＾ᴗ＾）／" : $"Build failed on {stamp}. (╯°□°）╯︵ ┻━┻");
        return text.ToString();
    }

    private static string Row(ExecutableTarget target, int nameWidth)
    {
        var hasRun = target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed;
        var row = target.Name.PadRight(nameWidth)
            + target.Status.ToString().PadRight(StatusWidth)
            + (hasRun ? Duration(target.Duration) : new string(' ', DurationWidth));
        var facts = string.Join(", ", target.SummaryInformation.Select(fact => $"{fact.Key}: {fact.Value}"));
        return facts.Length == 0 ? row.TrimEnd() : $"{row}   // {facts}";
    }

    private static string Duration(TimeSpan duration)
        => (duration < TimeSpan.FromSeconds(1) ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration.Seconds:00}").PadLeft(DurationWidth);
}
