using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Belay.Migrations;

/// <summary>Reads the numbered scripts of a migrations folder.</summary>
public static partial class MigrationFolder
{
    private const string ExpectedName = "0001_snake_case.sql, with 0001_snake_case.verify.sql and 0001_snake_case.rollback.sql beside it";

    /// <summary>Reads every migration, ordered by its number. The order does not depend on the width of the numbers.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="MigrationException">The folder is missing, or a file's name, encoding or directive is wrong; all faults are named, exit code 2.</exception>
    public static IReadOnlyList<Migration> Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new MigrationException(
                $"Migration file not found: there is no folder {path}",
                ExitCodes.Usage,
                "create the folder with a file 0001_snake_case.sql, or name another with ./build.sh Migrate --migrations <folder>");
        }

        var faults = new List<string>();
        var names = Directory.EnumerateFiles(path, "*.sql").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToArray();
        var migrations = new List<Migration>();
        foreach (var name in names)
        {
            if (ReadOne(path, name, names, faults) is { } migration)
            {
                migrations.Add(migration);
            }
        }

        AddDuplicates(migrations, faults);
        if (faults.Count > 0)
        {
            throw new MigrationException(string.Join('\n', faults), ExitCodes.Usage, $"name the files like {ExpectedName}");
        }

        return [.. migrations.OrderBy(migration => migration.Version)];
    }

    private static Migration? ReadOne(string folder, string name, string[] names, List<string> faults)
    {
        var match = FileName().Match(name);
        if (!match.Success || !long.TryParse(match.Groups["version"].Value, CultureInfo.InvariantCulture, out var version))
        {
            faults.Add($"{Path.Combine(folder, name)} is not named like a migration");
            return null;
        }

        var stem = $"{match.Groups["version"].Value}_{match.Groups["name"].Value}";
        if (match.Groups["companion"].Success)
        {
            if (!names.Contains($"{stem}.sql"))
            {
                faults.Add($"{Path.Combine(folder, name)} has no migration {stem}.sql beside it");
            }

            return null;
        }

        return Make(Path.GetFullPath(Path.Combine(folder, name)), version, match.Groups["name"].Value, faults);
    }

    private static Migration? Make(string path, long version, string name, List<string> faults)
    {
        if (TryReadText(path, faults) is not { } text)
        {
            return null;
        }

        return new Migration
        {
            Version = version,
            Name = name,
            Path = path,
            Text = text,
            Sha256 = Sha256Of(text),
            VerifyPath = Companion(path, "verify"),
            RollbackPath = Companion(path, "rollback"),
            Directives = DirectiveReader.Read(path, text, faults),
        };
    }

    /// <summary>SHA-256 of a text in UTF-8 with line ends normalised to LF, lower-case hexadecimal.</summary>
    /// <param name="text">The text, with any line ends.</param>
    internal static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(text))));

    /// <summary>The text of a script as every stage sees it: UTF-8, no byte order mark, line ends LF.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Takes the fault when the bytes are not UTF-8.</param>
    internal static string? TryReadText(string path, List<string> faults)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return Normalize(strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException exception)
        {
            faults.Add($"{path} is not UTF-8: {exception.Message}");
            return null;
        }
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string? Companion(string path, string kind)
        => Path.ChangeExtension(path, $".{kind}.sql") is { } companion && File.Exists(companion) ? companion : null;

    private static void AddDuplicates(List<Migration> migrations, List<string> faults)
    {
        foreach (var group in migrations.GroupBy(migration => migration.Version).Where(group => group.Count() > 1))
        {
            faults.Add($"Version {group.Key} is used by {group.Count()} files: {string.Join(", ", group.Select(migration => migration.FileName))}");
        }
    }

    [GeneratedRegex(@"^(?<version>[0-9]{1,18})_(?<name>[A-Za-z0-9][A-Za-z0-9_-]*?)(?<companion>\.(verify|rollback))?\.sql$")]
    private static partial Regex FileName();
}
