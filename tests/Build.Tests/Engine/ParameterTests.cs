using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class ParameterTests : IDisposable
{
    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Keeps_initial_values_when_no_source_has_one()
    {
        var output = engine.Run<ParameterBuild>("Show").MustExitWith(0).Output;

        Assert.Contains("text=initial int=1 long= bool=False enum=Low time=\n", output, StringComparison.Ordinal);
        Assert.Contains("file= list=public numbers= hidden=\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_every_type_from_the_command_line()
    {
        var output = engine.Run<ParameterBuild>(
            "Show", "--deploy-environment", "a b", "--retry-count", "5", "--size-limit", "5000000000", "--dry-run", "--level", "very-high",
            "--wait", "00:00:30", "--file", "sub/x.sql", "--schemas", "a", "b", "--numbers", "1,2", "3", "--hidden", "h").MustExitWith(0).Output;

        Assert.Contains("text=a b int=5 long=5000000000 bool=True enum=VeryHigh time=00:00:30\n", output, StringComparison.Ordinal);
        Assert.Contains($"file={engine.Folder}/sub/x.sql list=a|b numbers=1|2|3 hidden=h\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--retry-count", "7")]
    [InlineData("--retryCount", "7")]
    [InlineData("-RETRYCOUNT", "7")]
    public void Takes_an_option_in_every_spelling(params string[] arguments)
        => Assert.Contains(" int=7 ", engine.Run<ParameterBuild>(["Show", .. arguments]).MustExitWith(0).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("--dry-run", "False")]
    [InlineData("--schemas", "")]
    public void A_switch_takes_a_value_and_a_list_may_be_empty(string option, string value)
    {
        string[] arguments = value.Length == 0 ? ["Show", option] : ["Show", option, value];

        var output = engine.With("DRY_RUN", "true").Run<ParameterBuild>(arguments).MustExitWith(0).Output;

        Assert.Contains(option == "--schemas" ? " list= " : " bool=False ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deployEnvironment")]
    [InlineData("DEPLOY_ENVIRONMENT")]
    [InlineData("NUKE_DEPLOY_ENVIRONMENT")]
    [InlineData("DeployEnvironment")]
    public void Takes_a_variable_in_every_spelling(string variable)
        => Assert.Contains("text=qa ", engine.With(variable, "qa").Run<ParameterBuild>("Show").MustExitWith(0).Output, StringComparison.Ordinal);

    [Fact]
    public void An_empty_variable_counts_as_not_set()
        => Assert.Contains("text=initial ", engine.With("DEPLOY_ENVIRONMENT", string.Empty).Run<ParameterBuild>("Show").MustExitWith(0).Output, StringComparison.Ordinal);

    [Fact]
    public void The_exact_variable_name_wins()
        => Assert.Contains(
            "text=exact ",
            engine.With("deployEnvironment", "exact").With("DEPLOY_ENVIRONMENT", "other").Run<ParameterBuild>("Show").MustExitWith(0).Output,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("general", new string[0], false)]
    [InlineData("first", new[] { "--profile", "one" }, false)]
    [InlineData("second", new[] { "--profile", "one", "two" }, false)]
    [InlineData("variable", new[] { "--profile", "one", "two" }, true)]
    [InlineData("typed", new[] { "--profile", "one", "two", "--deploy-environment", "typed" }, true)]
    public void The_command_line_wins_over_the_environment_over_profiles_over_the_general_file(string expected, string[] arguments, bool withVariable)
    {
        engine.WithFile(".nuke/parameters.json", """{ "$schema": "./build.schema.json", "deployEnvironment": "general" }""")
            .WithFile(".nuke/parameters.one.json", """{ "deployEnvironment": "first" }""")
            .WithFile(".nuke/parameters.two.json", """{ "deployEnvironment": "second" }""");
        if (withVariable)
        {
            engine.With("DEPLOY_ENVIRONMENT", "variable");
        }

        Assert.Contains($"text={expected} ", engine.Run<ParameterBuild>(["Show", .. arguments]).MustExitWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_may_come_from_the_environment()
        => Assert.Contains(
            "text=first ",
            engine.WithFile(".nuke/parameters.one.json", """{ "deployEnvironment": "first" }""").With("NUKE_PROFILE", "one").Run<ParameterBuild>("Show").MustExitWith(0).Output,
            StringComparison.Ordinal);

    [Fact]
    public void Takes_every_type_from_a_file_with_paths_relative_to_the_root()
    {
        engine.WithFile(".nuke/parameters.json", """
            {
              // comments and a trailing comma are fine
              "retryCount": 4, "dryRun": true, "level": "VeryHigh", "file": "sub/x.sql", "schemas": ["a", "b"], "numbers": [1, 2], "wait": null,
            }
            """);

        var output = engine.Run<ParameterBuild>("Show").MustExitWith(0).Output;

        Assert.Contains(" int=4 long= bool=True enum=VeryHigh time=\n", output, StringComparison.Ordinal);
        Assert.Contains($"file={engine.Folder}/sub/x.sql list=a|b numbers=1|2 ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TARGET")]
    [InlineData("PROFILE")]
    [InlineData("ROOT")]
    [InlineData("HOST")]
    [InlineData("PLAN")]
    [InlineData("HELP")]
    [InlineData("VERBOSITY")]
    [InlineData("CONTINUE")]
    public void Plain_variables_of_other_tools_do_not_steer_the_engine(string variable)
        => Assert.Equal("Preflight", engine.With(variable, "Backup").Run<ChainBuild>("Preflight").MustExitWith(0).Ran);

    [Fact]
    public void Takes_its_own_variables_for_the_target()
        => Assert.Equal("Preflight Backup", engine.With("NUKE_TARGET", "Backup").Run<ChainBuild>().MustExitWith(0).Ran);

    [Fact]
    public void Takes_the_nearest_folder_above_as_root()
    {
        var below = Directory.CreateDirectory(Path.Combine(engine.Folder, "a", "b")).FullName;
        using var run = new EngineRun { WorkingFolder = below };

        var output = run.Run<ParameterBuild>("Show", "--file", "x").MustExitWith(0).Output;

        Assert.Contains($"file={below}/x ", output, StringComparison.Ordinal);
        Assert.Equal(engine.Folder, Nuke.Common.NukeBuild.RootDirectory.ToString());
    }

    [Fact]
    public void Writes_the_schema_only_when_it_changes()
    {
        var schema = Path.Combine(engine.Folder, ".nuke", "build.schema.json");
        engine.Run<ParameterBuild>("Show").MustExitWith(0);
        Assert.Contains("\"deployEnvironment\"", File.ReadAllText(schema), StringComparison.Ordinal);
        Assert.DoesNotContain("connectionString", File.ReadAllText(schema), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(schema, DateTime.UnixEpoch);

        engine.Run<ParameterBuild>("Show").MustExitWith(0);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(schema));
    }
}
