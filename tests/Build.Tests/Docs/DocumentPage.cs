using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>A page below <c>docs/</c>, and the commands that it tells to type, in their order.</summary>
/// <remarks>
/// A command is a line of a block, or a piece of code in a sentence that begins like one. It belongs to its place:
/// the heading above it, or the bold words that its list item begins with.
/// </remarks>
internal static partial class DocumentPage
{
    /// <summary>The pages whose commands are typed by tests.</summary>
    public static IReadOnlyList<string> Walked { get; } =
        ["backups.md", "migrations.md", "monitoring.md", "records.md", "rehearsal.md", "risks.md", "runbook.md", "troubleshooting.md"];

    /// <summary>The commands of a page by their places.</summary>
    public static ILookup<string, string> Commands(string page)
        => Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", page))).ToLookup(found => found.Place, found => found.Command);

    /// <summary>The commands of a page's text, each with its place.</summary>
    public static IEnumerable<(string Place, string Command)> Read(string text)
    {
        var (heading, item) = ("", (string?)null);
        foreach (Match match in Pieces().Matches(text))
        {
            if (match.Groups["heading"] is { Success: true } found)
            {
                (heading, item) = (found.Value, null);
            }
            else if (match.Groups["item"].Success || match.Groups["paragraph"].Success)
            {
                item = match.Groups["lead"] is { Success: true } lead ? lead.Value.TrimEnd('.', ':') : null;
            }
            else
            {
                foreach (var command in CommandsOf(match))
                {
                    yield return (item ?? heading, command);
                }
            }
        }
    }

    private static IEnumerable<string> CommandsOf(Match match) => match.Groups["block"] is { Success: true } block
        ? block.Value
            .Split('\n')
            .Where(line => match.Groups["bash"].Success || line.Contains("build.sh ", StringComparison.Ordinal))
            .Select(WithoutComment)
            .Where(line => line.Length > 0)
        : [Blanks().Replace(match.Groups["code"].Value, " ")];

    private static string WithoutComment(string line) => Comment().Replace(line, "").Trim();

    [GeneratedRegex(
        """
        ^\#{2,3}[ ](?<heading>[^\n]+)$
        | ^[ ]*```(?<bash>bash)?[a-z]*\n (?<block>.*?) ^[ ]*```$
        | ^(?<item>-[ ]) (?:\*\*(?<lead>[^*]+)\*\*)?
        | (?<paragraph>\n\n) (?=\S)
        | (?<!`)`(?<code>(?:ExecStart=)?\S*build\.sh[ ][^`]+ | (?:createdb|export|gunzip|mkdir|openssl|pg_restore|psql[ ]-X|zstd)[ ][^`]+)`
        """,
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"(^|\s)#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
