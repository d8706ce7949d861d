using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.MyBatis;

/// <summary><c>20240131120000_name.sql</c>; what stands below <c>-- //@UNDO</c> is the way back. <c>bootstrap.sql</c> and
/// <c>onabort.sql</c> have commands of their own.</summary>
internal sealed partial class MyBatisLayout : MarkedLayout
{
    private static readonly string[] Special = ["bootstrap.sql", "onabort.sql"];

    protected override string Marker => "-- //@UNDO";

    protected override bool BeginsForward => true;

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        foreach (var name in Special.Where(folder.Has))
        {
            folder.Take(name);
            folder.Remarks.Add($"{name} is not run: MyBatis has a command of its own for it");
        }

        return base.Read(folder);
    }

    protected override bool? IsUp(string line) => UndoLine().IsMatch(line) ? false : null;

    protected override Match Match(string file) => FileName().Match(file);

    [GeneratedRegex(@"^\s*--\s*//\s*@UNDO")]
    private static partial Regex UndoLine();

    [GeneratedRegex(@"^(?<version>[0-9]{1,20})_(?<name>[^/]+)\.sql$")]
    private static partial Regex FileName();
}
