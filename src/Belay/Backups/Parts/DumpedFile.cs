using System.Text.RegularExpressions;
using Belay.Backups.Archive;

namespace Belay.Backups.Parts;

/// <summary>What the names in pg_dump's directory format say.</summary>
internal static partial class DumpedFile
{
    /// <summary>The table of contents, written last.</summary>
    public const string Contents = "toc.dat";

    /// <summary>The dump id of the table whose rows a file holds; null for any other file.</summary>
    /// <param name="name">The file's name, with pg_dump's own ending of a codec.</param>
    public static string? TableId(string name) => TableData().Match(name) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>Returns the name if it is that of a file in the directory itself; it comes from a manifest.</summary>
    /// <exception cref="DamagedDumpException">It would lie elsewhere.</exception>
    public static string Check(string name)
        => PlainName().IsMatch(name) ? name : throw new DamagedDumpException($"'{name}' cannot be the name of a file of a dump.");

    /// <summary>The dump id of the item that pg_dump says it has finished, with <c>--verbose</c>; null for any other line.</summary>
    /// <param name="line">A line of its error output, in the C locale.</param>
    public static string? FinishedId(string line) => Finished().Match(line) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>Whether a line is more than the telling of progress that <c>--verbose</c> adds.</summary>
    public static bool IsFault(string line) => !line.StartsWith("pg_dump: ", StringComparison.Ordinal) || Faults().IsMatch(line);

    [GeneratedRegex("^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^(?<id>[0-9]+)\.dat(\.gz|\.zst|\.lz4)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex TableData();

    [GeneratedRegex("^pg_dump: (\\[[a-z ]+\\] )?finished item (?<id>[0-9]+) TABLE DATA ", RegexOptions.ExplicitCapture)]
    private static partial Regex Finished();

    [GeneratedRegex("^pg_dump: (error|warning|fatal|detail|hint|\\[)", RegexOptions.ExplicitCapture)]
    private static partial Regex Faults();
}
