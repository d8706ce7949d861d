using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Tern;

/// <summary><c>001_name.sql</c>; what stands below <c>---- create above / drop below ----</c> is the way back.
/// Its templates are not filled in here.</summary>
internal sealed partial class TernLayout : MarkedLayout
{
    protected override string Marker => "---- create above / drop below ----";

    protected override bool BeginsForward => true;

    protected override bool? IsUp(string line) => WayBackLine().IsMatch(line) ? false : null;

    protected override Match Match(string file) => FileName().Match(file);

    [GeneratedRegex(@"^\s*---- create above / drop below ----")]
    private static partial Regex WayBackLine();

    [GeneratedRegex(@"^(?<version>[0-9]{1,10})_(?<name>[^/]+)\.sql$")]
    private static partial Regex FileName();
}
