using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Diesel;

/// <summary>
/// <c>2024-01-31-120000_name/up.sql</c> with <c>down.sql</c>, and <c>metadata.toml</c> that may take it
/// out of the transaction. The version is what stands before the first underscore, without hyphens; versions are compared as texts.
/// </summary>
internal sealed partial class DieselLayout : NumberedLayout
{
    /// <summary>Digits of a time to the second. Those after them order what was made in one second, after what has none.</summary>
    private const int DigitsOfTime = 14;

    public override string ExpectedNames => "2024-01-31-120000_name/up.sql, with down.sql beside it";

    public override string? Evidence(LayoutFolder folder) => folder.Find("/up.sql").FirstOrDefault(Explains);

    /// <summary>The number of a version as Diesel records it; null when it has none.</summary>
    public static decimal? NumberOf(string version)
    {
        var digits = version.Length > DigitsOfTime ? version.Insert(DigitsOfTime, ".1") : version;
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override decimal? VersionOf(Match match)
        => NumberOf(match.Groups["version"].Value.Replace("-", "", StringComparison.Ordinal));

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
    {
        var place = file[..^"up.sql".Length];
        var migration = base.Make(folder, file, version, match);
        migration = migration is null ? null : migration with { Rollback = folder.SourceOf($"{place}down.sql") ?? migration.Rollback };
        return migration is not null && IsOutside(folder, $"{place}metadata.toml")
            ? OutsideScript.Mark(migration) with
            {
                Rollback = migration.Rollback is { } rollback ? rollback with { NoTransaction = true } : null,
            }
            : migration;
    }

    /// <summary>A file without the key asks for no transaction, as Diesel reads it.</summary>
    private static bool IsOutside(LayoutFolder folder, string metadata)
        => folder.Has(metadata)
            && folder.TextOf(metadata) is { } text
            && Setting().Match(text) is var match
            && match.Groups["value"].Value != "true";

    // Thirteen digits are a time in milliseconds, which is Hasura's.
    [GeneratedRegex(@"^(?![0-9]{13}_)(?<version>[0-9][0-9-]*)_(?<name>[^/]+)/up\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\s*run_in_transaction\s*=\s*(?<value>true|false)", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
