using Belay.Migrations.Observation;

namespace Belay.Reporting.Html;

/// <summary>The steps one after the other, drawn as bars, each as long as it took.</summary>
internal static class HtmlTimeline
{
    private const double Width = 1000;

    /// <summary>A bar that is thinner cannot be seen.</summary>
    private const double Thinnest = 6;

    /// <summary>The section; nothing without steps.</summary>
    public static Markup Of(ReleaseRecord record)
    {
        var whole = Math.Max(record.Steps.Sum(step => step.Seconds), 0.001);
        var rows = new List<Markup>();
        var before = 0.0;
        foreach (var step in record.Steps)
        {
            rows.Add(Row(step, Bar(before / whole, step.Seconds / whole, Tone(step))));
            rows.AddRange(step.Name is "Migrate" or "Rollback" ? Scripts(record.Scripts, before, whole) : []);
            before += step.Seconds;
        }

        var list = rows.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ol class=\"timeline\">{rows}</ol>");
        return HtmlParts.Section("timeline", "Timeline", list);
    }

    private static IEnumerable<Markup> Scripts(IReadOnlyList<TracedScript> scripts, double before, double whole)
    {
        foreach (var script in scripts)
        {
            var tone = script.Completed ? "good" : "bad";
            yield return HtmlText.Of(
                $"""
                <li class="script"><span class="name">{HtmlParts.Foreign(script.FileName)}</span>
                <span class="took">{HtmlParts.Duration(script.Seconds)}</span>{Bar(before / whole, script.Seconds / whole, tone)}</li>

                """);
            before += script.Seconds;
        }
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
