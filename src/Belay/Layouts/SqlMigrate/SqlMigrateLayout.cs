using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.SqlMigrate;

/// <summary><c>1_name.sql</c> with <c>-- +migrate Up</c>, which may say <c>notransaction</c>, and <c>-- +migrate Down</c>.</summary>
internal sealed partial class SqlMigrateLayout : MarkedLayout
{
    protected override string Marker => "-- +migrate Up";

    protected override bool RunsTies => true;

    protected override bool? IsUp(string line) => MarkerLine().Match(line) is { Success: true } match ? match.Groups["way"].Value == "Up" : null;

    protected override bool AsksForNoTransaction(string text) => ScriptText.Lines(text)
        .Any(line => MarkerLine().Match(line) is { Success: true } match && match.Groups["way"].Value == "Up" && match.Groups["options"].Value.Split(' ').Contains("notransaction"));

    protected override Match Match(string file) => FileName().Match(file);

    [GeneratedRegex(@"^-- \+migrate\s+(?<way>Up|Down)(?<options>\s.*)?$")]
    private static partial Regex MarkerLine();

    [GeneratedRegex(@"^(?<version>[0-9]{1,19})(?<name>[^/]*)\.sql$")]
    private static partial Regex FileName();
}
