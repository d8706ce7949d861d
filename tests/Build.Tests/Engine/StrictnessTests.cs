using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

/// <summary>What NUKE ignores or only warns about is refused with exit 2 before anything runs.</summary>
[Collection(EngineCollection.Name)]
public sealed class StrictnessTests : IDisposable
{
    private const string Hint = "Hint: ./build.sh --help lists targets and parameters\n";

    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("Unknown option --deploy-enviroment; did you mean --deploy-environment?", "--deploy-enviroment", "qa")]
    [InlineData("Unknown option --foo", "--foo")]
    [InlineData("Unknown option --foo", "--foo=1")]
    [InlineData("Unknown option --foo", "--schemas", "a", "--foo")]
    [InlineData("Unknown option --continue", "--continue")]
    [InlineData("Unknown option --", "--")]
    [InlineData("--retry-count: 'abc' is not a whole number from -2147483648 to 2147483647", "--retry-count", "abc")]
    [InlineData("--retry-count: '3000000000' is not a whole number from -2147483648 to 2147483647", "--retry-count", "3000000000")]
    [InlineData("--level: 'Medium' is not one of Low, VeryHigh", "--level", "Medium")]
    [InlineData("--level: '1' is not one of Low, VeryHigh", "--level", "1")]
    [InlineData("--wait: '5min' is not a duration like 00:05:00", "--wait", "5min")]
    [InlineData("--numbers: 'x' is not a whole number from -2147483648 to 2147483647", "--numbers", "1,x")]
    [InlineData("--deploy-environment takes one value, but 'Show' follows 'qa'; targets come before the first option", "--deploy-environment", "qa", "Show")]
    [InlineData("--deploy-environment needs a value", "--deploy-environment")]
    [InlineData("--deploy-environment needs a value", "--deploy-environment", "--dry-run")]
    [InlineData("--deploy-environment is given twice", "--deploy-environment", "--deploy-environment", "b")]
    [InlineData("--dry-run takes true, false or nothing, not 'Show'; targets come before the first option", "--dry-run", "Show")]
    [InlineData("--verbosity: 'loud' is not one of Verbose, Normal, Minimal, Quiet", "--verbosity", "loud")]
    [InlineData("--root: the folder /nowhere/at/all does not exist", "--root", "/nowhere/at/all")]
    public void Refuses_a_wrong_command_line(string fault, params string[] arguments) => MustRefuse(fault, arguments);

    [Theory]
    [InlineData("RETRY_COUNT", "abc", "RETRY_COUNT in the environment: 'abc' is not a whole number from -2147483648 to 2147483647")]
    [InlineData("DRY_RUN", "1", "DRY_RUN in the environment: '1' is not true or false")]
    [InlineData("NUKE_VERBOSITY", "loud", "NUKE_VERBOSITY in the environment: 'loud' is not one of Verbose, Normal, Minimal, Quiet")]
    public void Refuses_a_wrong_variable(string variable, string value, string fault)
    {
        engine.With(variable, value);
        MustRefuse(fault);
    }

    [Fact]
    public void Refuses_two_variables_that_contradict_each_other()
    {
        engine.With("DEPLOY_ENVIRONMENT", "qa").With("NUKE_DEPLOY_ENVIRONMENT", "production");
        MustRefuse("DEPLOY_ENVIRONMENT and NUKE_DEPLOY_ENVIRONMENT are both set in the environment, to different values, and both mean --deploy-environment; unset one");
    }

    [Theory]
    [InlineData("""{ "retry-count": 3 }""", "unknown key 'retry-count'; did you mean 'retryCount'?")]
    [InlineData("""{ "Zebra": 3 }""", "unknown key 'Zebra'")]
    [InlineData("""{ "Profile": "local" }""", "unknown key 'Profile'")]
    [InlineData("""{ "retryCount": "abc" }""", "retryCount: 'abc' is not a whole number from -2147483648 to 2147483647")]
    [InlineData("""{ "retryCount": [1, 2] }""", "retryCount takes one value, not 2")]
    [InlineData("""{ "schemas": { "a": 1 } }""", "schemas must be text, a number, true, false or a list of them")]
    [InlineData("""{ "connectionString": "v1:abcd" }""", "connectionString is a secret and must not stand in a file; set CONNECTION_STRING in the environment")]
    [InlineData("[]", "must hold one object: { \"Parameter\": value }")]
    public void Refuses_a_wrong_parameter_file(string text, string fault)
    {
        engine.WithFile(".nuke/parameters.json", text);
        var outcome = engine.Run<ParameterBuild>("Show").MustExitWith(2);

        var separator = fault.StartsWith("must hold", StringComparison.Ordinal) ? " " : ": ";
        Assert.Equal($".nuke/parameters.json{separator}{fault}\n{Hint}", outcome.Error);
    }

    [Fact]
    public void Refuses_a_parameter_file_that_is_not_JSON()
    {
        engine.WithFile(".nuke/parameters.json", "{ \"retryCount\": 3");

        var error = engine.Run<ParameterBuild>("Show").MustExitWith(2).Error;

        Assert.StartsWith(".nuke/parameters.json is not valid JSON: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_profile_without_a_file()
        => MustRefuse($"Profile 'nope' needs the file .nuke/parameters.nope.json, which does not exist in {engine.Folder}", "--profile", "nope");

    [Fact]
    public void Names_all_faults_at_once()
    {
        engine.With("DRY_RUN", "maybe").WithFile(".nuke/parameters.json", """{ "Zebra": 3 }""");

        var error = engine.Run<ParameterBuild>("Shwo", "--foo", "--level", "x").MustExitWith(2).Error;

        Assert.Equal(
            $"""
            Unknown option --foo
            .nuke/parameters.json: unknown key 'Zebra'
            DRY_RUN in the environment: 'maybe' is not true or false
            --level: 'x' is not one of Low, VeryHigh
            Target with name 'Shwo' does not exist. Available targets are:
              - Show
            {Hint}
            """,
            error);
    }

    [Fact]
    public void Shows_the_help_however_wrong_the_rest_is()
        => Assert.StartsWith(
            "Targets (with their direct dependencies):",
            engine.With("DRY_RUN", "maybe").Run<ParameterBuild>("Shwo", "--foo", "--help").MustExitWith(0).Output,
            StringComparison.Ordinal);

    [Fact]
    public void Refuses_what_required_parameters_are_missing_of_all_scheduled_targets()
    {
        var outcome = engine.Run<RequiringBuild>("Migrate", "Approve").MustExitWith(2);

        Assert.Equal(
            """
            Target 'Migrate' requires member 'changeTicket' to be not null or empty
            Target 'Migrate' requires member 'password' to be not null or empty
            Target 'Migrate' requires member 'port' to be not null or empty
            Target 'Approve' requires 'value(Build.Tests.Engine.Samples.RequiringBuild).approved'
            Hint: add --change-ticket <value> and PASSWORD to the environment and --port <value>

            """,
            outcome.Error);
        Assert.Equal(string.Empty, outcome.Ran);
    }

    [Fact]
    public void Runs_when_requirements_are_met_and_ignores_those_of_targets_that_do_not_run()
    {
        Assert.Equal("Free", engine.Run<RequiringBuild>("Free").MustExitWith(0).Ran);
        Assert.Equal(
            "Free Migrate T1 5432",
            engine.With("PASSWORD", "hunter22").Run<RequiringBuild>("Migrate", "--change-ticket", "T1", "--port", "5432").MustExitWith(0).Ran);
    }

    [Fact]
    public void Refuses_a_missing_parameter_that_every_target_needs()
        => Assert.Equal(
            "Member 'always' is required to be not null or empty\nHint: add --always <value>\n",
            engine.Run<RequiredBuild>("Run").MustExitWith(2).Error);

    private void MustRefuse(string fault, params string[] arguments)
    {
        var outcome = engine.Run<ParameterBuild>(arguments.Contains("Show") ? arguments : ["Show", .. arguments]).MustExitWith(2);

        Assert.Equal($"{fault}\n{Hint}", outcome.Error);
        Assert.DoesNotContain("text=", outcome.Output, StringComparison.Ordinal);
    }
}
