using System.Numerics;
using System.Text.RegularExpressions;

namespace Belay.Bench.Histories;

/// <summary>
/// Finds and orders the files of a history by the rules of the tool that it was written for, and by nothing of the library: otherwise a layout that
/// misreads a folder would look right beside psql by construction.
/// </summary>
internal static partial class PsqlFiles
{
    /// <summary>The files in the order in which the tool would run them.</summary>
    /// <param name="folder">The history.</param>
    public static IReadOnlyList<PsqlFile> Read(string folder)
    {
        var folders = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        var files = Directory.GetFiles(folder, "*.sql").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        return folders.Any(name => File.Exists(Path.Combine(folder, name, "up.sql"))) ? Diesel(folder, folders)
            : folders.Any(name => File.Exists(Path.Combine(folder, name, "migration.sql"))) ? Prisma(folder, folders)
            : Numbered(folder, files.Any(name => name.EndsWith(".up.sql", StringComparison.Ordinal)) ? [.. files.Where(name => name.EndsWith(".up.sql", StringComparison.Ordinal))] : files);
    }

    private static List<PsqlFile> Diesel(string folder, List<string> folders) =>
        [.. from name in folders
            let path = Path.Combine(folder, name, "up.sql")
            where File.Exists(path)
            orderby name.Split('_')[0].Replace("-", "", StringComparison.Ordinal), name
            let metadata = Path.Combine(folder, name, "metadata.toml")
            select new PsqlFile($"{name}/up.sql", File.ReadAllText(path), !File.Exists(metadata) || File.ReadAllText(metadata).Contains("run_in_transaction = true", StringComparison.Ordinal))];

    /// <summary>Prisma sends a file as one message, which is one transaction unless it is one statement that allows none.</summary>
    private static List<PsqlFile> Prisma(string folder, List<string> folders) =>
        [.. from name in folders
            let path = Path.Combine(folder, name, "migration.sql")
            where File.Exists(path)
            let text = File.ReadAllText(path)
            select new PsqlFile($"{name}/migration.sql", text, !text.Contains(" CONCURRENTLY ", StringComparison.OrdinalIgnoreCase))];

    /// <summary>sqlx, golang-migrate and goose order by the number before the first underscore.</summary>
    private static List<PsqlFile> Numbered(string folder, List<string> files) =>
        [.. from name in files
            orderby BigInteger.Parse(Number().Match(name).Value), name
            let text = File.ReadAllText(Path.Combine(folder, name))
            let up = Goose().Match(text)
            select new PsqlFile(
                name,
                up.Success ? up.Groups["up"].Value : text,
                !text.StartsWith("-- no-transaction", StringComparison.Ordinal) && !text.Contains("-- +goose NO TRANSACTION", StringComparison.Ordinal))];

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"-- \+goose Up\b(?<up>.*?)(-- \+goose Down\b|$)", RegexOptions.Singleline)]
    private static partial Regex Goose();
}
