using System.Reflection;
using System.Text.Json;
using Belay.Migrations;
using Belay.Releases;

namespace Belay.Tool.Initialization;

/// <summary>A repository that is made ready for Belay.</summary>
/// <param name="program">How the program is typed.</param>
internal sealed class Repository(string root, string program)
{
    private const string Settings = ".nuke/parameters.json";
    private const string Package = "belay.tool";
    private const string NewFolder = "db/migrations";

    // The .NET SDK takes the first and writes the second.
    private static readonly string[] Manifests = [".config/dotnet-tools.json", "dotnet-tools.json"];
    private static readonly string[] UsualFolders = [NewFolder, "migrations"];
    private static readonly string[] IgnoredLines = [".env", "/.belay/", "/.nuke/temp/", "/artifacts/release-*"];

    /// <summary>Writes what is missing.</summary>
    /// <param name="pipeline">The pipeline that is wanted; null for none.</param>
    /// <returns>A line for each file, and what comes next.</returns>
    public IEnumerable<string> Complete(string? pipeline)
    {
        yield return CompleteManifest();
        var folder = FindFolder();
        if (HasSettingsOfNuke())
        {
            yield return Kept(Settings, "it holds the settings");
        }
        else
        {
            yield return Write(
                ToolRoot.SettingsFile,
                Template("belay.json").Replace("{folder}", folder, StringComparison.Ordinal),
                "the settings that are no secrets");
        }

        yield return HasFiles(folder)
            ? Kept($"{folder}/", "it has files")
            : Write($"{folder}/0001_first_migration.sql", Template("0001_first_migration.sql"), "a first migration, to be written by you");
        yield return Ignore();
        foreach (var (path, template, what) in pipeline is null ? [] : Pipelines.FilesOf(pipeline))
        {
            yield return Write(path, Template(template).Replace("{folder}", folder, StringComparison.Ordinal), what);
        }

        yield return $"Next: set DATABASE_URL, BACKUP_STORE and the SMOKE_… variables (docs/adopting.md says how), then {program} "
            + "Preflight";
    }

    private static string Template(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Kept(string path, string why) => $"kept  {path}: {why}";

    private string PathOf(string file) => Path.Combine(root, file);

    private string CompleteManifest()
    {
        if (Manifests.FirstOrDefault(file => File.Exists(PathOf(file))) is not { } manifest)
        {
            return Write(
                Manifests[0],
                Template("dotnet-tools.json").Replace("{version}", BelayVersion.Text, StringComparison.Ordinal),
                "the tool, for dotnet tool restore");
        }

        var namesBelay = File.ReadAllText(PathOf(manifest)).Contains($"\"{Package}\"", StringComparison.OrdinalIgnoreCase);
        return Kept(manifest, namesBelay ? "it names Belay" : "it does not name Belay; dotnet tool install Belay.Tool adds it");
    }

    private string Write(string file, string text, string what)
    {
        if (File.Exists(PathOf(file)))
        {
            return Kept(file, "it was there");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        using var writer = new StreamWriter(new FileStream(PathOf(file), FileMode.CreateNew, FileAccess.Write));
        writer.Write(text);
        return $"wrote {file}: {what}";
    }

    /// <summary>The folder that the settings name, one of the usual ones that has files, or a new one.</summary>
    private string FindFolder()
        => Setting(ToolRoot.SettingsFile, MigrationParameters.Migrations.Key) ?? Setting(Settings, MigrationParameters.Migrations.Key)
            ?? UsualFolders.FirstOrDefault(HasFiles) ?? NewFolder;

    private bool HasFiles(string folder) => Directory.Exists(PathOf(folder)) && Directory.EnumerateFileSystemEntries(PathOf(folder)).Any();

    /// <summary>Settings of Belay in NUKE's file: a file beside it would take their place.</summary>
    private bool HasSettingsOfNuke()
        => !File.Exists(PathOf(ToolRoot.SettingsFile))
            && ReleaseParameters.All.Any(parameter => Setting(Settings, parameter.Key) is not null);

    private string? Setting(string file, string key)
    {
        if (!File.Exists(PathOf(file)))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(PathOf(file)), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out var value)
                ? value.ToString()
                : null;
        }
        catch (JsonException)
        {
            // A run says what is wrong in it.
            return null;
        }
    }

    private string Ignore()
    {
        const string File = ".gitignore";
        var text = System.IO.File.Exists(PathOf(File)) ? System.IO.File.ReadAllText(PathOf(File)) : "";
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        var missing = IgnoredLines.Where(
            line => !lines.Contains(line) && !lines.Contains(line.Trim('/')) && !lines.Contains($"{line.Trim('/')}/")).ToList();
        if (missing.Count == 0)
        {
            return Kept(File, "it has every line");
        }

        var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        System.IO.File.AppendAllText(PathOf(File), $"{end}{string.Join('\n', missing)}\n");
        return $"added {File}: {string.Join(", ", missing)}";
    }
}
