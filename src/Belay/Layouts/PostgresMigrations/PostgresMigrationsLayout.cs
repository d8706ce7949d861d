using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.PostgresMigrations;

/// <summary><c>1-name.sql</c> or <c>1_name.sql</c>, numbered from 1 without a gap. Nothing in such names
/// is this tool's alone, so that it must be chosen.</summary>
internal sealed partial class PostgresMigrationsLayout : NumberedLayout
{
    public override string ExpectedNames => "1-name.sql or 1_name.sql, numbered from 1 without a gap";

    public override string? Evidence(LayoutFolder folder) => null;

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        folder.RemarkOnPrograms([.. folder.Find(".js").Where(file => Match(Path.ChangeExtension(file, "sql")).Success)], "JavaScript");
        return base.Read(folder);
    }

    protected override Match Match(string file) => FileName().Match(file);

    [GeneratedRegex(@"^(?<version>[0-9]{1,15})[-_]?(?<name>[^/]*)\.sql$")]
    private static partial Regex FileName();
}
