using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.NodePgMigrate;

/// <summary><c>1700000000000_name.sql</c> with <c>-- Up Migration</c> and <c>-- Down Migration</c>; a
/// file with neither is the way forward.</summary>
internal sealed partial class NodePgMigrateLayout : MarkedLayout
{
    private static readonly string[] Programs = [".js", ".ts", ".mjs", ".cjs"];

    protected override string Marker => "-- Up Migration";

    protected override bool BeginsForward => true;

    protected override bool RunsTies => true;

    protected override IEnumerable<string> ProgramsOf(LayoutFolder folder) => Programs.SelectMany(folder.Find);

    protected override string ProgramLanguage => "JavaScript";

    protected override bool? IsUp(string line)
        => MarkerLine().Match(line) is { Success: true } match
            ? match.Groups["way"].Value.Equals("up", StringComparison.OrdinalIgnoreCase)
            : null;

    protected override Match Match(string file) => FileName().Match(file);

    /// <summary>A file of one way has its way in its name, and what it says of the other is a sentence.</summary>
    public override string? Evidence(LayoutFolder folder)
        => folder.Names.Any(name => OneWay().IsMatch(name)) ? null : base.Evidence(folder);

    /// <summary>node-pg-migrate runs the whole of a file that marks the way back alone.</summary>
    protected override void Inspect(LayoutFolder folder, Migration migration, string text)
    {
        var ways = ScriptText.Lines(text).Select(IsUp).OfType<bool>().ToList();
        if (ways.Count > 0 && !ways.Contains(true))
        {
            folder.Faults.Add(
                $"{migration.Path} has a line \"-- Down Migration\" and no line \"-- Up Migration\": node-pg-migrate runs all of such a "
                    + "file");
        }
    }

    [GeneratedRegex(@"^\s*--[\s-]*(?<way>up|down)\s+migration", RegexOptions.IgnoreCase)]
    private static partial Regex MarkerLine();

    [GeneratedRegex(@"\.(up|down)\.sql$")]
    private static partial Regex OneWay();

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})[_-](?<name>[^/]+)\.sql$")]
    private static partial Regex FileName();
}
