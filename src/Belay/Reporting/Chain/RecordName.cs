using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Backups.Catalogue;

namespace Belay.Reporting.Chain;

/// <summary>How stored records are called: <c>database/releases/00000042.json</c>. The number alone is the name, so that two runs cannot
/// both have it.</summary>
internal static partial class RecordName
{
    /// <summary>What the names of all records of a database begin with.</summary>
    public static string Prefix(string database) => $"{BackupName.Folder(database)}/releases/";

    /// <summary>The name of a record.</summary>
    public static string Of(string database, long number)
        => Prefix(database) + number.ToString("00000000", CultureInfo.InvariantCulture) + ".json";

    /// <summary>The number of a record's name; null for every other name.</summary>
    public static long? NumberOf(string name)
        => Pattern().Match(name) is { Success: true } match ? long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^[^/]+/releases/(?<number>[0-9]{8})[.]json$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
