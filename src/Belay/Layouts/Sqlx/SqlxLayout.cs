using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Sqlx;

/// <summary><c>1_name.sql</c>, or <c>1_name.up.sql</c> with <c>1_name.down.sql</c>. Nothing in them is sqlx's alone,
/// so that it must be chosen.</summary>
internal sealed partial class SqlxLayout : NumberedLayout
{
    public override string ExpectedNames => "1_name.sql, or 1_name.up.sql with 1_name.down.sql beside it";

    public override string? Evidence(LayoutFolder folder) => null;

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
    {
        if (match.Groups["way"].Value == ".down")
        {
            folder.Take(file);
            return null;
        }

        var down = match.Groups["way"].Success ? folder.SourceOf($"{file[..^".up.sql".Length]}.down.sql") : null;
        return base.Make(folder, file, version, match) is { } migration ? migration with { Rollback = down ?? migration.Rollback } : null;
    }

    [GeneratedRegex(@"^(?<version>[0-9]{1,19})_(?<name>[^/]*?)(?<way>\.up|\.down)?\.sql$")]
    private static partial Regex FileName();
}
