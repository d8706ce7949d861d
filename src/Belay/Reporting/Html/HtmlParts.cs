namespace Belay.Reporting.Html;

/// <summary>The pieces that sections are made of.</summary>
internal static class HtmlParts
{
    /// <summary>A foreign text among our words, whatever direction its letters have.</summary>
    public static Markup Foreign(string? text) => HtmlText.Of($"<bdi>{text}</bdi>");

    /// <summary>A section with its heading; nothing when it has no content.</summary>
    /// <param name="id">What a link to it names.</param>
    public static Markup Section(string id, string title, Markup content)
        => content.Text.Length == 0 ? content : HtmlText.Of($"<section id=\"{id}\"><h2>{title}</h2>{content}</section>\n");

    /// <summary>Names and values; those without a value are left out.</summary>
    public static Markup Facts(params IEnumerable<(string Name, Markup? Value)> facts)
    {
        var shown = facts.Where(fact => fact.Value is { Text.Length: > 0 }).ToList();
        return shown.Count == 0
            ? Markup.Nothing
            : HtmlText.Of($"<dl>{shown.Select(fact => HtmlText.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value!.Value}</dd></div>"))}</dl>");
    }

    /// <summary>A table, which is a list of blocks where the page is narrow; nothing without rows.</summary>
    public static Markup Table(IEnumerable<string> heads, IEnumerable<IEnumerable<Markup>> rows)
    {
        var names = heads.ToList();
        var top = names.Select(head => HtmlText.Of($"<th scope=\"col\">{head}</th>"));
        var lines = rows.Select(row => HtmlText.Of($"<tr>{row.Select((cell, index) => Cell(names.ElementAtOrDefault(index), cell))}</tr>"))
            .ToList();
        return lines.Count == 0
            ? Markup.Nothing
            : HtmlText.Of(
                $"""
                <div class="scroll" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>
                """);
    }

    /// <summary>A narrow page shows each row as a block, with the heads beside its cells.</summary>
    private static Markup Cell(string? head, Markup content) => HtmlText.Of($"<td data-head=\"{head}\"><div>{content}</div></td>");

    /// <summary>A list of foreign lines; nothing without lines.</summary>
    public static Markup Lines(IEnumerable<string> lines)
    {
        var items = lines.Select(line => HtmlText.Of($"<li>{Foreign(line)}</li>")).ToList();
        return items.Count == 0 ? Markup.Nothing : HtmlText.Of($"<ul>{items}</ul>");
    }

    /// <summary>A block of text as it is, which breaks long lines.</summary>
    public static Markup Block(string text) => HtmlText.Of($"<pre dir=\"auto\">{text}</pre>");

    /// <summary>A mark of an outcome: a word and a colour.</summary>
    /// <param name="tone"><c>good</c>, <c>bad</c>, <c>doubtful</c> or <c>plain</c>.</param>
    public static Markup Mark(string tone, string word) => HtmlText.Of($"<span class=\"mark {tone}\">{word}</span>");

    /// <summary>How long something took.</summary>
    public static Markup Duration(double seconds)
        => seconds < 1
            ? HtmlText.Of($"{(long)Math.Round(seconds * 1000)} ms")
            : HtmlText.Of($"{Quantity.Duration(TimeSpan.FromSeconds(seconds))}");
}
