using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Atlas;

/// <summary>
/// <c>20240131120000_name.sql</c> with <c>atlas.sum</c>, which is checked. A checkpoint, which stands
/// for all files before it, is passed over: those files are run themselves.
/// </summary>
internal sealed partial class AtlasLayout : NumberedLayout
{
    public override string ExpectedNames => "20240131120000_name.sql, with atlas.sum beside them";

    protected override bool RunsTies => true;

    public override string? Evidence(LayoutFolder folder) => AtlasSum.In(folder);

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        AtlasSum.Demand(folder, folder.Names);
        return base.Read(folder);
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
    {
        if (folder.TextOf(file) is { } text && ScriptText.HeadComments(text).Any(one => Checkpoint().IsMatch(one.Comment)))
        {
            folder.Remarks.Add($"{file} is a checkpoint of Atlas and does not run: the files before it do");
            return null;
        }

        return base.Make(folder, file, version, match);
    }

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})(_(?<name>[^/]*)|(?<name>))\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^--\s*atlas:checkpoint\b")]
    private static partial Regex Checkpoint();
}
