using Belay.Arguments;
using Belay.Settings;

namespace Belay.Tests.Arguments;

/// <summary>A build with targets and parameters of its own: Belay's are checked as strictly as ever, the others are not ours to
/// refuse.</summary>
public sealed class ForeignBuildTests
{
    private static readonly IReadOnlyList<Parameter> Parameters =
    [
        Declare.Duration("lock-timeout", "Longest wait", "3s"),
        Declare.Switch("dry-run", "Keeps nothing"),
        Declare.Text("from", "Where from"),
    ];

    [Fact]
    public void Options_of_the_build_s_own_pass_and_so_do_those_that_look_like_none_of_ours()
    {
        var arguments = Read(["Compile", "--configuration", "Release", "--form", "A4", "--what-ever", "--lock-timeout", "5s", "-5"]);

        Assert.Equal([new("lock-timeout", "5s")], arguments.Texts);
        Assert.Empty(arguments.Targets);
    }

    [Theory]
    [InlineData("--dry-rnu", "Unknown option --dry-rnu; did you mean --dry-run?")]
    [InlineData("--dry-run maybe", "--dry-run takes true, false or nothing, not \"maybe\"")]
    [InlineData("--dry-run=true", "--dry-run has an equals sign behind it: its value must stand after a blank")]
    [InlineData("--skip Bakcup", "--skip has \"Bakcup\", which is no target; did you mean Backup?")]
    [InlineData("--continue", "--continue is refused: it would take a text file's word for what has already run")]
    [InlineData("--lock-timeout 5s Migrate", "--lock-timeout takes one value, and 2 words follow it")]
    public void A_slip_in_one_of_ours_is_refused(string words, string message)
        => Assert.StartsWith(message, Assert.Throws<SettingsException>(() => Read(words.Split(' '))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("CONTINUE", "1", "CONTINUE in the environment would change what the engine runs")]
    [InlineData("nuke_target", "Migrate", "nuke_target in the environment would change what the engine runs")]
    [InlineData("SKIP", "", "SKIP in the environment, though it is empty, would change what the engine runs")]
    [InlineData("SKIP", "Bakcup", "SKIP in the environment has \"Bakcup\", which is no target; did you mean Backup?")]
    public void Variables_that_steer_the_engine_are_refused(string name, string value, string message)
        => Assert.Equal(message, Assert.Throws<SettingsException>(() => Read([], new() { [name] = value })).Message);

    [Fact]
    public void Variables_that_steer_nothing_stay()
        => Assert.Equal(["Backup"], Read([], new() { ["SKIP"] = "backup", ["TARGETS"] = "x", ["HOST"] = "y" }).Skipped);

    [Fact]
    public void Keys_of_the_build_s_own_pass_in_a_file_and_a_slip_in_one_of_ours_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("belay-test-");
        try
        {
            var file = Path.Combine(folder.CreateSubdirectory(".nuke").FullName, "parameters.json");
            File.WriteAllText(file, """{ "Configuration": "Release", "Solution": "a.sln", "LockTimeout": "7s" }""");
            Assert.Equal([new("lock-timeout", "7s")], Read([], root: folder.FullName).Texts);

            File.WriteAllText(file, """{ "LockTimeuot": "7s" }""");
            Assert.Equal(
                ".nuke/parameters.json: unknown key LockTimeuot; did you mean LockTimeout?",
                Assert.Throws<SettingsException>(() => Read([], root: folder.FullName)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static RunArguments Read(IReadOnlyList<string> words, Dictionary<string, string>? environment = null, string root = "/nowhere")
        => new ArgumentCheck(Parameters, ["Compile", "Backup", "Migrate"]) { Options = OptionSet.Beside(["Configuration", "Form"]) }
            .ReadBeside(new ArgumentSources { Words = words, Environment = environment ?? [], RootFolder = root });
}
