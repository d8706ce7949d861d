using System.Security.Cryptography;
using System.Text;

namespace Belay.Reporting.Html;

/// <summary>A release record as one page of HTML that needs nothing else: no network and no program; light and dark, wide and
/// narrow.</summary>
internal static class ReleasePage
{
    private static readonly string Style = ReadStyle();

    /// <summary>Allows the page its own style and nothing else, whatever is in it.</summary>
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
            + "base-uri 'none'; form-action 'none'";

    /// <summary>The whole page.</summary>
    public static string Of(ReleaseRecord record) => HtmlText.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{new Markup(Policy)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>{HtmlHead.Title(record)}</title>
        <style>{new Markup(Style)}</style>
        </head>
        <body>
        <main>
        {Sections(record)}</main>
        {Footer(record)}
        </body>
        </html>

        """).Text.ReplaceLineEndings("\n");

    private static IEnumerable<Markup> Sections(ReleaseRecord record) =>
    [
        HtmlHead.Of(record),
        HtmlTimeline.Of(record),
        record.Outcome == ReleaseOutcome.Succeeded ? HtmlSteps.Of(record) : Markup.Nothing,
        HtmlBackup.Of(record),
        HtmlScripts.Of(record),
        HtmlChecks.Of(record),
        HtmlSurroundings.Of(record),
    ];

    private static Markup Footer(ReleaseRecord record)
    {
        var previous = record.Link?.PreviousSha256 is { } hash
            ? HtmlText.Of($" SHA-256 of the record before it: <code>{hash}</code>.")
            : Markup.Nothing;
        var seal = record.Seal is { } signature ? HtmlText.Of($" Signed with the key <code>{signature.KeyId}</code>.") : Markup.Nothing;
        return HtmlText.Of(
            $"""
            <footer>Made by Belay {record.Versions?.Belay ?? BelayVersion.Text} from the JSON beside it, which is the record; this page is a
            rendering of it.{previous}{seal}</footer>
            """);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReleasePage).Assembly.GetManifestResourceStream("release.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
