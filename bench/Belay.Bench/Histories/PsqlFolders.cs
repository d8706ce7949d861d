using System.Globalization;

namespace Belay.Bench.Histories;

/// <summary>The tools that keep a folder for each migration.</summary>
internal static class PsqlFolders
{
    /// <summary>The files of such a history; null when the folder is none.</summary>
    public static IReadOnlyList<PsqlFile>? Read(string folder)
    {
        var names = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        return Has(folder, names, "migration.sql") ? Prisma(folder, names)
            : Has(folder, names, "up.sql") ? IsHasura(names) ? Hasura(folder, names) : Diesel(folder, names)
            : names is [var database]
                && Directory.EnumerateFiles(Path.Combine(folder, database), "up.sql", SearchOption.AllDirectories).Any()
                    ? Read(Path.Combine(folder, database))
            : null;
    }

    private static bool Has(string folder, List<string> names, string script)
        => names.Any(name => File.Exists(Path.Combine(folder, name, script)));

    /// <summary>Hasura's are milliseconds, 13 digits.</summary>
    private static bool IsHasura(List<string> names)
        => names.Any(name => name.IndexOf('_', StringComparison.Ordinal) == 13 && name[..13].All(char.IsAsciiDigit));

    private static List<PsqlFile> Hasura(string folder, List<string> names) =>
        [.. from name in names
            let path = Path.Combine(folder, name, "up.sql")
            where File.Exists(path)
            orderby long.Parse(name.Split('_')[0], CultureInfo.InvariantCulture)
            select new PsqlFile($"{name}/up.sql", File.ReadAllText(path), InTransaction: true)];

    /// <summary>Diesel compares the versions without hyphens as texts.</summary>
    private static List<PsqlFile> Diesel(string folder, List<string> names) =>
        [.. (from name in names
            let path = Path.Combine(folder, name, "up.sql")
            where File.Exists(path)
            let metadata = Path.Combine(folder, name, "metadata.toml")
            select (Version: name.Split('_')[0].Replace("-", "", StringComparison.Ordinal), File: new PsqlFile(
                $"{name}/up.sql",
                File.ReadAllText(path),
                !File.Exists(metadata) || File.ReadAllText(metadata).Contains("run_in_transaction = true", StringComparison.Ordinal))))
            .OrderBy(one => one.Version, StringComparer.Ordinal)
            .Select(one => one.File)];

    /// <summary>Prisma sends a file as one message, which is one transaction unless it is one statement that allows none.</summary>
    private static List<PsqlFile> Prisma(string folder, List<string> names) =>
        [.. from name in names
            let path = Path.Combine(folder, name, "migration.sql")
            where File.Exists(path)
            let text = File.ReadAllText(path)
            select new PsqlFile($"{name}/migration.sql", text, !PsqlMarkers.MustRunOutside(text))];
}
