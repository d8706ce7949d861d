using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Files that begin with a number or a time, in any spelling, ordered by their digits: <c>7-name.sql</c>, <c>2017-09-23-142211_name.sql</c>.</summary>
internal sealed partial class PlainLayout : IMigrationLayout
{
    private const int DigitsOfTime = 14;

    public string Name => "plain";

    public string ExpectedNames => "7.sql, 007-name.sql, 1.2_name.sql, 20170923142211_name.sql or 2017-09-23-142211_name.sql";

    public string? Evidence(LayoutFolder folder)
        => folder.Names.Count > 0 && folder.Names.All(name => char.IsAsciiDigit(name[0])) ? folder.Names.FirstOrDefault(name => !OwnName().IsMatch(name)) : null;

    public bool Explains(string name) => !name.Contains('/', StringComparison.Ordinal) && (TimeName().IsMatch(name) || NumberName().IsMatch(name));

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        foreach (var name in folder.Names.Where(name => !folder.IsCompanion(name)))
        {
            var match = TimeName().Match(name) is { Success: true } time ? time : NumberName().Match(name);
            if (match.Success && MigrationVersion.TryParse(Digits(match), out var version) && folder.Make(name, version, match.Groups["name"].Value) is { } migration)
            {
                yield return NoTransaction().IsMatch(ScriptText.Lines(migration.Text).First())
                    ? OutsideScript.Mark(migration)
                    : migration;
            }
        }
    }

    /// <summary>A day without a time is its first second, so that both spellings of one history have their order.</summary>
    private static string Digits(Match match) => match.Groups["time"].Success
        ? string.Concat(match.Groups["time"].Value.Where(char.IsAsciiDigit)).PadRight(DigitsOfTime, '0')
        : match.Groups["version"].Value;

    [GeneratedRegex(@"^[0-9]{1,28}_[A-Za-z0-9][A-Za-z0-9_-]*(\.(verify|rollback))?\.sql$")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}([-_T ]?[0-9]{2}[-:]?[0-9]{2}([-:]?[0-9]{2})?)?)(?![0-9])[-_. ]*(?<name>.*)\.sql$")]
    private static partial Regex TimeName();

    [GeneratedRegex(@"^(?<version>[0-9]+(\.[0-9]+)*)[-_. ]*(?<name>.*)\.sql$")]
    private static partial Regex NumberName();

    [GeneratedRegex(@"^--\s*(no[ -]transaction|disable-transaction)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex NoTransaction();
}
