using System.Text.RegularExpressions;

namespace Belay.Reporting.Html;

/// <summary>What to do next, and how the release can be taken back.</summary>
internal static partial class HtmlSteps
{
    /// <summary>The section; nothing when there is nothing to do.</summary>
    public static Markup Of(ReleaseRecord record)
    {
        var steps = record.NextSteps.Select(step => HtmlText.Of($"<li>{Step(step)}</li>")).ToList();
        var title = record.Outcome == ReleaseOutcome.Succeeded ? "How to undo" : "What to do next";
        return HtmlParts.Section("next", title, steps.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ul class=\"commands\">{steps}</ul>"));
    }

    /// <summary>A command stands as one, and what it does in words behind it. Other texts are sentences.</summary>
    private static Markup Step(string step)
    {
        if (Command().Match(step) is not { Success: true } match)
        {
            return HtmlText.Of($"<p class=\"sentence\" dir=\"auto\">{step}</p>");
        }

        var words = match.Groups["words"] is { Success: true } rest ? HtmlText.Of($"<p class=\"words\">{rest.Value}</p>") : Markup.Nothing;
        return HtmlText.Of($"<pre dir=\"ltr\">{match.Groups["command"].Value}</pre>{words}");
    }

    [GeneratedRegex(
        @"\A(?<command>(?:\S*build\.(?:sh|ps1|cmd)|(?:dotnet )?belay)\s[^\n]*?)(?:\s(?<words>(?:shows|lists|takes|prints)\s[^\n]*))?\z")]
    private static partial Regex Command();
}
