using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Backups.Catalogue;

namespace Belay.Backups.Archive;

/// <summary>The tables in an archive's table of contents, as <c>pg_restore --list</c> prints it.</summary>
/// <remarks>Entries are matched by catalogue and oid: names with spaces make the other columns ambiguous.</remarks>
internal sealed partial class ArchiveEntries
{
    private readonly HashSet<uint> definitions = [];
    private readonly HashSet<uint> rows = [];
    private readonly List<string> rowIds = [];

    /// <summary>The dump ids of the tables whose rows the archive has.</summary>
    public IReadOnlyList<string> RowIds => rowIds;

    /// <summary>Reads the list to its end.</summary>
    public async Task ReadAsync(Stream list, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(list, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            See(line);
        }
    }

    /// <summary>The names of those tables that the archive lacks, or whose rows it lacks.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<BackupTable> tables)
        => [
            .. tables.Where(table => !definitions.Contains(table.Oid) || (table.HasRows && !rows.Contains(table.Oid)))
                .Select(table => table.Name),
        ];

    private void See(string line)
    {
        if (Entry().Match(line) is not { Success: true } match)
        {
            return;
        }

        var oid = uint.Parse(match.Groups["oid"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        if (match.Groups["rows"].Success)
        {
            rows.Add(oid);
            rowIds.Add(line[..line.IndexOf(';', StringComparison.Ordinal)]);
        }
        else
        {
            definitions.Add(oid);
        }
    }

    [GeneratedRegex(
        @"^[0-9]+; (?:1259 (?<oid>[0-9]+) TABLE (?!DATA |ATTACH )|0 (?<oid>[0-9]+) (?<rows>TABLE DATA) )", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
