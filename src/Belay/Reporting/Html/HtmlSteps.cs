namespace Belay.Reporting.Html;

/// <summary>What to do next, and how the release can be taken back.</summary>
internal static class HtmlSteps
{
    /// <summary>The section; nothing when there is nothing to do.</summary>
    public static Markup Of(ReleaseRecord record)
    {
        var steps = record.NextSteps.Select(step => HtmlText.Of($"<li>{HtmlParts.Block(step)}</li>")).ToList();
        var title = record.Outcome == ReleaseOutcome.Succeeded ? "How to undo" : "What to do next";
        return HtmlParts.Section("next", title, steps.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ul class=\"commands\">{steps}</ul>"));
    }
}
