using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.SqlMigrate;

/// <summary><c>1_name.sql</c> with <c>-- +migrate Up</c>, and <c>-- +migrate Down</c>, each of which may say
/// <c>notransaction</c>.</summary>
internal sealed partial class SqlMigrateLayout : MarkedLayout
{
    protected override string Marker => "-- +migrate Up";

    protected override bool RunsTies => true;

    protected override bool? IsUp(string line)
        => MarkerLine().Match(line) is { Success: true } match ? match.Groups["way"].Value == "Up" : null;

    protected override bool AsksForNoTransaction(string line)
        => MarkerLine().Match(line).Groups["options"].Value.Split(' ', '\r').Contains("notransaction");

    protected override Match Match(string file) => FileName().Match(file);

    [GeneratedRegex(@"^-- \+migrate\s+(?<way>Up|Down)(?<options>\s.*)?$")]
    private static partial Regex MarkerLine();

    [GeneratedRegex(@"^(?<version>[0-9]{1,19})(?<name>[^/]*)\.sql$")]
    private static partial Regex FileName();
}
