using System.Text.RegularExpressions;

namespace Belay.Backups.Catalogue;

/// <summary>How the objects of a backup are called: <c>database/yyyyMMddTHHmmssZ-runid</c> and then what it is.</summary>
internal static partial class BackupName
{
    /// <summary>The end of a manifest's name.</summary>
    public const string ManifestSuffix = ".manifest.json";

    /// <summary>The end of the name of the roles and tablespaces.</summary>
    public const string GlobalsSuffix = ".globals.sql";

    /// <summary>What a manifest calls the roles and tablespaces among the backup's objects.</summary>
    internal const string GlobalsFile = "globals.sql";

    /// <summary>The id of a backup that begins now.</summary>
    /// <param name="runId">Lower-case hexadecimal digits that no other run has.</param>
    public static string Id(DateTimeOffset startedUtc, string runId) => $"{startedUtc.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{runId}";

    /// <summary>What the names of all objects of one backup begin with.</summary>
    /// <param name="database">The database's name; percent-encoded here, since it may hold any character.</param>
    public static string Stem(string database, string id) => $"{Folder(database)}/{id}";

    /// <summary>What the names of all objects of one database begin with, before a slash.</summary>
    /// <param name="database">The database's name; percent-encoded here, since it may hold any character.</param>
    internal static string Folder(string database)
    {
        var encoded = Uri.EscapeDataString(database);
        return encoded.StartsWith('.') ? "%2E" + encoded[1..] : encoded;
    }

    /// <summary>The object of one file of a dump in pg_dump's directory format.</summary>
    /// <param name="stem">What the names of the backup's objects begin with.</param>
    /// <param name="file">The file's name, with the ending of the codec.</param>
    internal static string Part(string stem, string file) => $"{stem}.dump.d/{file}";

    /// <summary>Takes a name apart; null when it is not the name of a backup's object.</summary>
    internal static (string Stem, string Suffix)? Split(string name)
    {
        var match = Parts().Match(name);
        return match.Success ? (match.Groups["stem"].Value, match.Groups["suffix"].Value) : null;
    }

    [GeneratedRegex(
        @"^(?<stem>[^/]+/[0-9]{8}T[0-9]{6}Z-[0-9a-f]+)(?<suffix>\.dump(\.zst|\.gz)?|\.dump\.d/[A-Za-z0-9_.]+|\.manifest\.json|\.globals\.sql)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
