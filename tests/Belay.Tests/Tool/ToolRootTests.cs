using Belay.Settings;
using Belay.Tool;

namespace Belay.Tests.Tool;

public sealed class ToolRootTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-root-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Is_the_nearest_folder_upwards_with_NUKE_s_folder_or_the_settings_file()
    {
        var inner = folder.CreateSubdirectory("app/db/deep").FullName;
        folder.CreateSubdirectory(".nuke");
        Assert.Equal(folder.FullName, ToolRoot.Find([], inner).Folder);

        File.WriteAllText(Path.Combine(folder.FullName, "app", "belay.json"), "{}");
        Assert.Equal(Path.Combine(folder.FullName, "app"), ToolRoot.Find([], inner).Folder);
    }

    [Fact]
    public void Is_the_current_folder_where_there_is_neither()
        => Assert.Equal(folder.FullName, ToolRoot.Find(["Migrate"], folder.FullName).Folder);

    [Fact]
    public void Is_the_folder_that_was_typed()
    {
        folder.CreateSubdirectory("app");

        Assert.Equal(Path.Combine(folder.FullName, "app"), ToolRoot.Find(["Migrate", "--root", "app"], folder.FullName).Folder);
        var failure = Assert.Throws<SettingsException>(() => ToolRoot.Find(["Migrate", "--root", "none"], folder.FullName));
        Assert.Equal($"--root names {Path.Combine(folder.FullName, "none")}, which is no folder", failure.Message);
    }

    [Fact]
    public void Is_a_checkout_s_root_for_what_is_written_once()
    {
        var inner = folder.CreateSubdirectory("app/db").FullName;
        folder.CreateSubdirectory("app/.git");

        Assert.Equal(Path.Combine(folder.FullName, "app"), ToolRoot.FindRepository([], inner).Folder);
        Assert.Equal(inner, ToolRoot.Find([], inner).Folder);
    }

    [Fact]
    public void Reads_the_settings_file_in_place_of_NUKE_s_and_makes_no_folder_that_would_become_a_root()
    {
        Assert.Equal(
            (".nuke/parameters", ".belay/temp"),
            (new ToolRoot(folder.FullName).ParametersFile, new ToolRoot(folder.FullName).TemporaryFolder));

        folder.CreateSubdirectory(".nuke");
        Assert.Equal(
            (".nuke/parameters", ".nuke/temp"),
            (new ToolRoot(folder.FullName).ParametersFile, new ToolRoot(folder.FullName).TemporaryFolder));

        File.WriteAllText(Path.Combine(folder.FullName, "belay.json"), "{}");
        Assert.Equal("belay", new ToolRoot(folder.FullName).ParametersFile);
    }
}
