using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

namespace Belay.Tests.Arguments;

public sealed class OptionSetTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-options-");

    public OptionSetTests() => root.CreateSubdirectory(".nuke");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Reads_the_settings_file_of_a_repository_without_NUKE_for_the_tool()
    {
        WriteFile("belay.json", """{ "Migrations": "db" }""");
        WriteFile("belay.one.json", """{ "KeepLast": 3 }""");
        WriteFile(".nuke/parameters.json", """{ "Solution": "App.sln" }""");

        Assert.Equal(
            new Dictionary<string, string> { ["migrations"] = "db", ["keep-last"] = "3" },
            Read("belay", "Migrate", "--root", "x", "--profile", "one").Texts);
        var failure = Assert.Throws<SettingsException>(() => Read(".nuke/parameters", "Migrate", "--verbosity", "quiet"));
        Assert.Equal(
            ["--verbosity is refused: belay prints what a release says and nothing else", ".nuke/parameters.json: unknown key Solution"],
            failure.Faults);
        Assert.Equal("use belay.json", failure.Hint);
    }

    [Fact]
    public void The_help_lists_the_host_s_own_options_and_files()
    {
        var help = string.Join('\n', HelpText.Lines(["all"], ReleaseStages.All, ReleaseParameters.All, OptionSet.OfTool));

        Assert.Contains("in .env or in belay.json, or .nuke/parameters.json where there is none:", help, StringComparison.Ordinal);
        Assert.Contains("\n  --root ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--verbosity", help, StringComparison.Ordinal);
    }

    private RunArguments Read(string file, params string[] words)
        => new ArgumentCheck(ReleaseParameters.All, [.. ReleaseStages.All.Select(target => target.Name)]) { Options = OptionSet.OfTool }
            .Read(new ArgumentSources
            {
                Words = words,
                Environment = new Dictionary<string, string>(),
                RootFolder = root.FullName,
                ParametersFile = file,
                UnknownKeyHint = "use belay.json",
            });

    private void WriteFile(string path, string text) => File.WriteAllText(Path.Combine(root.FullName, path), text);
}
