using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Play;

/// <summary><c>1.sql</c> with <c># --- !Ups</c> and <c># --- !Downs</c>. Two semicolons are one that does not end a statement.</summary>
internal sealed partial class PlayLayout : MarkedLayout
{
    protected override string Marker => "# --- !Ups";

    protected override bool AllowsProse => true;

    protected override bool? IsUp(string line)
        => MarkerLine().Match(line) is { Success: true } match ? match.Groups["way"].Value == "Ups" : null;

    protected override Match Match(string file) => FileName().Match(file);

    /// <summary>Lines with # are comments in Play and errors in PostgreSQL.</summary>
    protected override string Translate(string text)
        => string.Join('\n', text.Split('\n').Select(line => line.StartsWith('#') ? "" : line))
            .Replace(";;", ";", StringComparison.Ordinal);

    [GeneratedRegex(@"^(#|--).*!(?<way>Ups|Downs)")]
    private static partial Regex MarkerLine();

    [GeneratedRegex(@"^(?<version>[0-9]{1,9})(?<name>)\.sql$")]
    private static partial Regex FileName();
}
