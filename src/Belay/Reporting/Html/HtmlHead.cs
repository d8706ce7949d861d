using Belay.Reporting.Facts;

namespace Belay.Reporting.Html;

/// <summary>The top of the page: how it ended, where the database stands, who and when, what to do.</summary>
internal static class HtmlHead
{
    /// <summary>The markup.</summary>
    public static Markup Of(ReleaseRecord record) => HtmlText.Of(
        $"""
        <header class="{Tone(record.Outcome)}">
        <p class="outcome">{HtmlParts.Mark(Tone(record.Outcome), Word(record))} <span class="targets">{string.Join(", ", record.Targets)}</span></p>
        <h1><bdi>{Name(record)}</bdi></h1>
        {Standing(record)}
        </header>
        {Failure(record)}{(record.Outcome == ReleaseOutcome.Succeeded ? Markup.Nothing : HtmlSteps.Of(record))}
        <section id="run"><h2>Run</h2>{Facts(record)}</section>

        """);

    /// <summary>What the page is called.</summary>
    public static string Title(ReleaseRecord record) => $"{Name(record)}: {ReleaseMarkdown.Verdict(record)}";

    /// <summary>The tone of an outcome.</summary>
    public static string Tone(ReleaseOutcome outcome) => outcome switch
    {
        ReleaseOutcome.Succeeded => "good",
        ReleaseOutcome.Cancelled => "doubtful",
        _ => "bad",
    };

    private static string Word(ReleaseRecord record)
    {
        var verdict = ReleaseMarkdown.Verdict(record);
        return char.ToUpperInvariant(verdict[0]) + verdict[1..];
    }

    private static string Name(ReleaseRecord record) => record.Database ?? "No database";

    private static Markup Standing(ReleaseRecord record)
        => record.Standing is { } standing ? HtmlText.Of($"<p class=\"standing\">{HtmlParts.Foreign(standing)}</p>") : Markup.Nothing;

    private static Markup Failure(ReleaseRecord record)
    {
        if (record.Message is null && record.WayBack is null)
        {
            return Markup.Nothing;
        }

        var message = record.Message is { } text ? HtmlParts.Block(text) : Markup.Nothing;
        var hint = record.Hint is { } next && record.NextSteps.Count == 0
            ? HtmlText.Of($"<h3>Hint</h3>{HtmlParts.Block(next)}")
            : Markup.Nothing;
        var wayBack = record.WayBack is { } way ? HtmlText.Of($"<h3>Way back</h3>{HtmlParts.Block(way)}") : Markup.Nothing;
        return HtmlParts.Section("failure", "What failed", HtmlText.Of($"{message}{hint}{wayBack}"));
    }

    private static Markup Facts(ReleaseRecord record) => HtmlParts.Facts(
    [
        ("Started", HtmlText.Of($"{Quantity.Utc(record.StartedUtc)}")),
        ("Finished", HtmlText.Of($"{Quantity.Utc(record.FinishedUtc)}")),
        ("Took", HtmlText.Of($"{Quantity.Duration(record.FinishedUtc - record.StartedUtc)}")),
        ("Who", HtmlParts.Foreign(record.Actor.ToString())),
        ("Pipeline", record.Actor.RunUrl is { } url ? Link(url) : null),
        ("Commit", record.Source is { } source ? Source(source) : null),
        ("Exit code", HtmlText.Of($"{record.ExitCode}")),
        ("Run", HtmlText.Of($"<code>{record.RunId}</code>")),
        ("Record", record.Link is { } link ? Number(link, record.Seal is not null) : null),
    ]);

    private static Markup Number(RecordLink link, bool isSigned)
        => HtmlText.Of($"{link.Number} of this database, {(isSigned ? "signed" : "not signed")}");

    private static Markup Source(ReleaseSource source)
    {
        var tag = source.Tag is { } name ? HtmlText.Of($", tag {HtmlParts.Foreign(name)}") : Markup.Nothing;
        return HtmlText.Of($"<code>{source.Commit}</code>{tag}{(source.IsChanged == true ? ", with changes that are not committed" : "")}");
    }

    /// <summary>Nothing but a web address becomes a link.</summary>
    private static Markup Link(string url)
        => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? HtmlText.Of($"<a href=\"{uri.AbsoluteUri}\" rel=\"noreferrer\">{url}</a>")
            : HtmlParts.Foreign(url);
}
