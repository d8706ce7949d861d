using System.Text.Json;
using Belay.Arguments;
using Belay.Layouts;
using Belay.Releases;
using Belay.Tool.Initialization;

namespace Belay.Tests.Tool.Initialization;

public sealed class RepositoryTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-init-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Writes_what_an_empty_repository_lacks_and_says_each_file()
    {
        Assert.Equal(
            [
                "wrote .config/dotnet-tools.json: the tool, for dotnet tool restore",
                "wrote belay.json: the settings that are no secrets",
                "wrote db/migrations/0001_first_migration.sql: a first migration, to be written by you",
                "added .gitignore: .env, /.belay/, /.nuke/temp/, /artifacts/release-*",
                "Next: set DATABASE_URL, BACKUP_STORE and the SMOKE_… variables (docs/adopting.md says how), then belay Preflight",
            ],
            Complete());

        using var manifest = JsonDocument.Parse(Text(".config/dotnet-tools.json"));
        Assert.Equal(
            BelayVersion.Text, manifest.RootElement.GetProperty("tools").GetProperty("belay.tool").GetProperty("version").GetString());
        Assert.Equal("db/migrations", Arguments().Texts["migrations"]);
        Assert.Single(MigrationFolder.Read(Path.Combine(root.FullName, "db/migrations")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("github")]
    [InlineData("azure")]
    [InlineData("gitlab")]
    public void Changes_nothing_a_second_time(string? pipeline)
    {
        Complete(pipeline);
        var files = Files();

        Assert.All(Complete(pipeline)[..^1], line => Assert.StartsWith("kept  ", line, StringComparison.Ordinal));
        Assert.Equal(files, Files());
    }

    [Fact]
    public void Overwrites_nothing_and_follows_what_is_there()
    {
        Put("migrations/V1__a.sql", "SELECT 1;");
        Put(".config/dotnet-tools.json", """{ "tools": {} }""");
        Put(".gitignore", "bin/\n.env");

        var lines = Complete();

        Assert.Equal(
            [
                "kept  .config/dotnet-tools.json: it does not name Belay; dotnet tool install Belay.Tool adds it",
                "wrote belay.json: the settings that are no secrets",
                "kept  migrations/: it has files",
                "added .gitignore: /.belay/, /.nuke/temp/, /artifacts/release-*",
            ],
            lines[..^1]);
        Assert.Equal("""{ "tools": {} }""", Text(".config/dotnet-tools.json"));
        Assert.Equal("bin/\n.env\n/.belay/\n/.nuke/temp/\n/artifacts/release-*\n", Text(".gitignore"));
        Assert.Equal("migrations", Arguments().Texts["migrations"]);
    }

    [Fact]
    public void Leaves_the_settings_where_NUKE_s_file_has_them_and_not_where_it_has_another_build_s()
    {
        Put(".nuke/parameters.json", """{ "Solution": "App.sln" }""");
        Assert.Contains("wrote belay.json: the settings that are no secrets", Complete());

        File.Delete(Path.Combine(root.FullName, "belay.json"));
        Put(".nuke/parameters.json", """{ "Migrations": "sql", }""");
        Assert.Contains("kept  .nuke/parameters.json: it holds the settings", Complete());
        Assert.True(File.Exists(Path.Combine(root.FullName, "sql", "0001_first_migration.sql")));
    }

    [Theory]
    [InlineData(".config/dotnet-tools.json")]
    [InlineData("dotnet-tools.json")]
    public void Writes_no_second_manifest_beside_the_one_that_installing_the_tool_has_written(string manifest)
    {
        Put(manifest, """{ "tools": { "belay.tool": { "version": "9.9.9" } } }""");

        Assert.Contains($"kept  {manifest}: it names Belay", Complete());
        Assert.Single(Directory.EnumerateFiles(root.FullName, "dotnet-tools.json", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("github", ".github/workflows/release-database.yml", ".github/workflows/cleanup-backups.yml")]
    [InlineData("azure", "azure-pipelines.release-database.yml")]
    [InlineData("gitlab", ".gitlab/release-database.yml")]
    public void Writes_the_pipeline_that_is_asked_for(string pipeline, params string[] expected)
    {
        Complete(pipeline);

        Assert.All(expected, file => Assert.Contains("dotnet belay ", Text(file), StringComparison.Ordinal));
        Assert.Contains("dotnet belay Migrate", Text(expected[0]), StringComparison.Ordinal);
    }

    private string[] Complete(string? pipeline = null) => [.. new Repository(root.FullName, "belay").Complete(pipeline)];

    private RunArguments Arguments() => new ArgumentCheck(ReleaseParameters.All, ["Migrate"]) { Options = OptionSet.OfTool }
        .Read(
            new ArgumentSources
            {
                Words = ["Migrate"],
                Environment = new Dictionary<string, string>(),
                RootFolder = root.FullName,
                ParametersFile = "belay",
            });

    private string Text(string file) => File.ReadAllText(Path.Combine(root.FullName, file));

    private void Put(string file, string text)
    {
        var path = Path.Combine(root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private Dictionary<string, string> Files()
        => Directory.EnumerateFiles(root.FullName, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
}
