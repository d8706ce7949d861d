using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Dbmate;

/// <summary><c>1_name.sql</c> with <c>-- migrate:up</c>, and <c>-- migrate:down</c>, each of which may say
/// <c>transaction:false</c>.</summary>
internal sealed partial class DbmateLayout : MarkedLayout
{
    protected override string Marker => "-- migrate:up";

    protected override bool? IsUp(string line)
        => MarkerLine().Match(line) is { Success: true } match ? match.Groups["way"].Value == "up" : null;

    protected override bool AsksForNoTransaction(string line) => Outside().IsMatch(line);

    [GeneratedRegex(@"^--\s*migrate:(?<way>up|down)(\s|$)")]
    private static partial Regex MarkerLine();

    [GeneratedRegex(@"\stransaction\s*:\s*false(\s|$)")]
    private static partial Regex Outside();
}
