using Belay.Migrations.Observation;

namespace Belay.Reporting.Html;

/// <summary>The steps and scripts drawn as bars, each where it began and as long as it took.</summary>
internal static class HtmlTimeline
{
    private const double Width = 1000;

    /// <summary>A bar that is thinner cannot be seen.</summary>
    private const double Thinnest = 6;

    /// <summary>The section; nothing without steps.</summary>
    public static Markup Of(ReleaseRecord record)
    {
        var rows = new List<Markup>();
        var timed = record.Steps.Count > 0 && record.Steps.All(step => step.StartedUtc is not null);
        var first = timed ? record.Steps[0].StartedUtc : null;
        var whole = Math.Max(timed ? record.Steps.Max(step => Since(first, step.StartedUtc) + step.Seconds) : Sum(record.Steps), 0.001);
        foreach (var (index, step) in record.Steps.Index())
        {
            var from = timed ? Since(first, step.StartedUtc) : Sum(record.Steps.Take(index));
            rows.Add(Row(step, Bar(from / whole, step.Seconds / whole, Tone(step))));
            rows.AddRange(step.Name is "Migrate" or "Rollback" ? record.Scripts.Select(script => Script(script, first, whole)) : []);
        }

        var list = rows.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ol class=\"timeline\">{rows}</ol>");
        return HtmlParts.Section("timeline", "Timeline", list);
    }

    private static double Sum(IEnumerable<ReleaseStep> steps) => steps.Sum(step => step.Seconds);

    private static double Since(DateTimeOffset? first, DateTimeOffset? began) => (began - first)?.TotalSeconds ?? 0;

    /// <summary>A script stands where it ran; where the record does not say when that was, there is no bar.</summary>
    private static Markup Script(TracedScript script, DateTimeOffset? first, double whole)
    {
        var bar = first is null || script.StartedUtc is null
            ? Markup.Nothing
            : Bar(Since(first, script.StartedUtc) / whole, script.Seconds / whole, script.Completed ? "good" : "bad");
        return HtmlText.Of(
            $"""
            <li class="script"><span class="name">{HtmlParts.Foreign(script.FileName)}</span>
            <span class="took">{HtmlParts.Duration(script.Seconds)}</span>{bar}</li>

            """);
    }

    private static Markup Row(ReleaseStep step, Markup bar)
    {
        var fact = step.Fact is { } text ? HtmlText.Of($"<span class=\"fact\">{HtmlParts.Foreign(text)}</span>") : Markup.Nothing;
        return HtmlText.Of(
            $"""
            <li><span class="name">{step.Name} {(step.Status == "Succeeded" ? Markup.Nothing : HtmlParts.Mark(Tone(step), step.Status))}</span>
            <span class="took">{HtmlParts.Duration(step.Seconds)}</span>{bar}{fact}</li>

            """);
    }

    private static string Tone(ReleaseStep step) => step.Status switch
    {
        "Succeeded" => "good",
        "Failed" => "bad",
        _ => "doubtful",
    };

    /// <summary>A drawing and no text: the words beside it say the same.</summary>
    private static Markup Bar(double from, double share, string tone)
    {
        var width = Math.Clamp(share * Width, Thinnest, Width);
        var left = Math.Clamp(from * Width, 0, Width - width);
        return HtmlText.Of(
            $"""
            <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="1000" height="10"></rect>
            <rect class="{tone}" x="{left}" width="{width}" height="10"></rect></svg>
            """);
    }
}
