using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Plain;

/// <summary>Files that begin with a number or a time, in any spelling, ordered by their digits: <c>7-name.sql</c>,
/// <c>2017-09-23-142211_name.sql</c>.</summary>
internal sealed partial class PlainLayout : NumberedLayout
{
    private const int DigitsOfTime = 14;

    public override string ExpectedNames => "7.sql, 007-name.sql, 1.2_name.sql, 20170923142211_name.sql or 2017-09-23-142211_name.sql";

    protected override bool RunsTies => true;

    public override string? Evidence(LayoutFolder folder)
        => folder.Names.Count > 0 && folder.Names.All(name => char.IsAsciiDigit(name[0]))
            ? folder.Names.FirstOrDefault(name => !OwnName().IsMatch(name))
            : null;

    protected override Match Match(string file) => TimeName().Match(file) is { Success: true } time ? time : NumberName().Match(file);

    /// <summary>A day without a time is its first second, so that both spellings of one history have their order.</summary>
    protected override decimal? VersionOf(Match match)
    {
        var digits = match.Groups["time"].Success
            ? string.Concat(match.Groups["time"].Value.Where(char.IsAsciiDigit)).PadRight(DigitsOfTime, '0')
            : match.Groups["version"].Value;
        return MigrationVersion.TryParse(digits, out var version) ? version : null;
    }

    [GeneratedRegex(@"^[0-9]{1,28}_[A-Za-z0-9][A-Za-z0-9_-]*(\.(verify|rollback))?\.sql$")]
    private static partial Regex OwnName();

    [GeneratedRegex(
        @"^(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}([-_T ]?[0-9]{2}[-:]?[0-9]{2}([-:]?[0-9]{2})?)?)(?![0-9])[-_. ]*(?<name>[^/]*)\.sql$")]
    private static partial Regex TimeName();

    [GeneratedRegex(@"^(?<version>[0-9]+(\.[0-9]+)*)[-_. ]*(?<name>[^/]*)\.sql$")]
    private static partial Regex NumberName();
}
