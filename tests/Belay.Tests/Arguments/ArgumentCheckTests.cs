using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

namespace Belay.Tests.Arguments;

public sealed partial class ArgumentCheckTests : IDisposable
{
    private const string SeeHelp = "./build.sh --help lists targets and parameters";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-arguments-");

    private readonly Dictionary<string, string> environment = [];

    public ArgumentCheckTests() => root.CreateSubdirectory(".nuke");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public void Reads_targets_options_and_profiles()
    {
        WriteFile(".nuke/parameters.local.json", "{}");

        var arguments = Read(
            "migrate", "smoke-test", "--dry-run", "--lock-timeout", "5s", "--skip", "back-up", "--profile", "local", "--plan");

        Assert.Equal(["Migrate", "SmokeTest"], arguments.Targets);
        Assert.Equal(["Backup"], arguments.Skipped);
        Assert.Equal(["local"], arguments.Profiles);
        Assert.True(arguments.IsPlan);
        Assert.Equal(new Dictionary<string, string> { ["dry-run"] = "true", ["lock-timeout"] = "5s" }, arguments.Texts);
    }

    [Theory]
    [InlineData("Preflight", "Verify")]
    [InlineData("preflight+verify")]
    [InlineData("--target", "Preflight", "Verify")]
    [InlineData("-TARGET", "Preflight+Verify")]
    public void Takes_targets_in_every_form_that_the_engine_knows(params string[] words)
        => Assert.Equal(["Preflight", "Verify"], Read(words).Targets);

    [Theory]
    [InlineData()]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--help", "Migrate")]
    [InlineData("Migrat", "--foo", "--HELP")]
    public void Shows_the_help_however_wrong_the_rest_is(params string[] words) => Assert.True(Read(words).IsHelp);

    [Theory]
    [InlineData("", "--help")]
    [InlineData("Migrate", "--help", "Migrate")]
    [InlineData("Migrate", "Migrate", "--help")]
    [InlineData("Migrate lock-timeout", "Migrate", "-h", "lock-timeout", "--root", "x")]
    public void Knows_what_the_help_is_asked_for(string topics, params string[] words)
        => Assert.Equal(topics, string.Join(' ', Read(words).HelpTopics));

    [Fact]
    public void Takes_how_the_console_is_to_be()
    {
        var arguments = Read("Status", "--no-color", "--output", "JSON");

        Assert.True(arguments.HasNoColour);
        Assert.True(arguments.IsJson);
        Assert.False(Read("Status", "--output", "text", "--no-color", "false") is { HasNoColour: true } or { IsJson: true });
        MustRefuse("--json is refused: it is --output json", SeeHelp, "Status", "--json");
        MustRefuse("--output is \"xml\": it must be text or json", SeeHelp, "Status", "--output", "xml");
    }

    [Fact]
    public void Prints_the_version_where_nothing_else_is_typed_and_takes_a_parameter_by_its_former_name_elsewhere()
    {
        Assert.True(Read("--version").IsVersion);
        Assert.Equal("3", Read("Baseline", "--version", "3").Texts["migration-version"]);
        Assert.Equal("3", Read("Baseline", "--migration-version", "3").Texts["migration-version"]);
        MustRefuse("--migration-version is given twice", SeeHelp, "Baseline", "--version", "3", "--migration-version", "4");
        MustRefuse("--migration-version needs a value", "--migration-version <value>", "Baseline", "--version");
    }

    [Fact]
    public void Keeps_the_options_that_say_where_things_are_for_the_next_command()
    {
        WriteFile(".nuke/parameters.one.json", "{}");

        var arguments = Read("Migrate", "--dry-run", "-Migrations", "my db", "--profile", "one");

        Assert.Equal(["--profile one", "--migrations 'my db'"], arguments.Repeated.Select(option => option.ToString()));
        Assert.Equal(["dry-run", "migrations"], arguments.Typed);
    }

    [Theory]
    [InlineData("Migrate", "--dry-run", "false", false)]
    [InlineData("Migrate", "--dry-run", "TRUE", true)]
    public void A_switch_takes_true_and_false(string target, string option, string value, bool expected)
        => Assert.Equal(expected, bool.Parse(Read(target, option, value).Texts["dry-run"]));

    [Theory]
    [InlineData("The command line has \"Migrat\", which is no target; did you mean Migrate?", "Migrat")]
    [InlineData("The command line has \"@file\", which is no target", "@file")]
    [InlineData("The command line has \"Migrate Verify\", which is no target", "Migrate Verify")]
    [InlineData("The command line has an empty word where a target's name must stand", "")]
    [InlineData("The command line has an empty word where a target's name must stand", "Migrate+")]
    [InlineData("\"\u2013dry-run\" begins with a dash that no keyboard types: write it with --", "Migrate", "\u2013dry-run")]
    [InlineData(
        "The command line has \"Migrate+Verify\" beside other words: write targets with blanks between them, or all in one word with "
            + "plus signs",
        "Status",
        "Migrate+Verify")]
    [InlineData("Targets are given as words and with --target: only one of them can be", "Migrate", "--target", "Verify")]
    [InlineData("--skip has \"Bakcup\", which is no target; did you mean Backup?", "Migrate", "--skip", "Bakcup")]
    [InlineData(
        "Migrate is both to run and to be skipped: an engine would run it without what it depends on", "Migrate", "--skip", "Migrate")]
    public void Refuses_targets_that_are_none(string fault, params string[] words) => MustRefuse(fault, SeeHelp, words);

    [Theory]
    [InlineData("Unknown option --dry-rnu; did you mean --dry-run?", "Migrate", "--dry-rnu")]
    [InlineData("Unknown option --lock_timeout; did you mean --lock-timeout?", "Migrate", "--lock_timeout", "3s")]
    [InlineData("Unknown option --", "Migrate", "--")]
    [InlineData("Unknown option -", "Migrate", "-")]
    [InlineData("--continue is refused: it would take a text file's word for what has already run", "Migrate", "--continue")]
    [InlineData("--host is refused: what runs and how it ends is the same on every host", "Migrate", "--host", "GitLab")]
    [InlineData("--partition is refused: a release is not parted", "Migrate", "--partition", "1/2")]
    [InlineData("--strict is refused: the order of the targets is fixed", "Migrate", "--strict")]
    [InlineData(
        "--root is refused: the folder with .nuke above the current one is the root; change into the other one",
        "Migrate",
        "--root",
        "/srv")]
    [InlineData("--dry-run takes true, false or nothing, not \"maybe\"", "Migrate", "--dry-run", "maybe")]
    [InlineData("--dry-run takes true, false or nothing, not \"\"", "Migrate", "--dry-run", "")]
    [InlineData("--dry-run takes true, false or nothing, not 2 words", "Migrate", "--dry-run", "true", "true")]
    [InlineData("--lock-timeout is given twice", "Migrate", "--lock-timeout", "3s", "-LockTimeout", "4s")]
    [InlineData("--lock-timeout takes one value, and 2 words follow it", "Migrate", "--lock-timeout", "3s", "4s")]
    [InlineData("--verbosity is \"loud\": it must be verbose, normal, minimal or quiet", "Migrate", "--verbosity", "loud")]
    [InlineData(
        "--profile is \"../x\": the name of a profile has letters, digits, dashes, underscores and dots", "Migrate", "--profile", "../x")]
    public void Refuses_options_that_would_not_take_effect(string fault, params string[] words) => MustRefuse(fault, SeeHelp, words);

    [Theory]
    [InlineData(
        "--dry-run has an equals sign behind it: its value must stand after a blank", "--dry-run <value>", "Migrate", "--dry-run=true")]
    [InlineData("--lock-timeout needs a value", "--lock-timeout <value>", "Migrate", "--lock-timeout")]
    [InlineData(
        "--target-version has an empty value; leave the option out for its default",
        "--target-version <value>",
        "Migrate",
        "--target-version",
        "")]
    [InlineData(
        "--proof-level takes one value, and 2 words follow it",
        "targets come before the first option: ./build.sh Verify --proof-level …",
        "Migrate",
        "--proof-level",
        "restored",
        "Verify")]
    [InlineData(
        "--dry-run takes true, false or nothing, not \"Verify\"",
        "targets come before the first option: ./build.sh Verify --dry-run …",
        "Migrate",
        "--dry-run",
        "Verify")]
    [InlineData("No target is given", "targets come before the first option: ./build.sh Migrate --dry-run", "--dry-run")]
    [InlineData("No target is given", "targets come before the first option: ./build.sh Migrate --dry-run", "--skip", "Backup", "Migrate")]
    [InlineData("No target is given", "targets come before the first option: ./build.sh Migrate --dry-run", "--database", "pak")]
    [InlineData(
        "--lock-timeout takes one value, and 2 words follow it",
        "targets come before the first option: ./build.sh Verify --lock-timeout …",
        "Migrate",
        "--lock-timeout",
        "3s",
        "Verfy")]
    [InlineData(
        "--dry-run takes true, false or nothing, not \"Verfy\"",
        "targets come before the first option: ./build.sh Verify --dry-run …",
        "Migrate",
        "--dry-run",
        "Verfy")]
    [InlineData(
        "No target is given; did you mean Migrate? What stands behind --reason is taken for its value",
        "targets come before the first option: ./build.sh Migrate --reason …",
        "--reason",
        "migrate")]
    public void Says_how_to_write_what_was_meant(string fault, string hint, params string[] words) => MustRefuse(fault, hint, words);

    [Theory]
    [InlineData("Verfy", "Verify")]
    [InlineData("verify-backp", "VerifyBackup")]
    [InlineData("Status", "Status")]
    public void Names_the_target_that_was_typed_behind_the_profile(string word, string target)
    {
        WriteFile(".nuke/parameters.local.json", "{}");
        var noFile = $"--profile {word} needs the file .nuke/parameters.{word}.json, which does not exist in {root.FullName}; "
            + $"did you mean the target {target}?";

        var failure = Assert.Throws<SettingsException>(() => Read("--profile", "local", word));

        Assert.Equal(
            [$"No target is given; did you mean {target}? What stands behind --profile is taken for its value", noFile], failure.Faults);
        Assert.Equal($"targets come before the first option: ./build.sh {target} --profile …", failure.Hint);
        MustRefuse(noFile, failure.Hint!, "Migrate", "--profile", "local", word);
    }

    [Fact]
    public void Names_the_target_that_was_typed_behind_an_unknown_option()
    {
        var failure = Assert.Throws<SettingsException>(() => Read("--lock-timout", "5s", "Migrat"));

        Assert.Equal(
            [
                "Unknown option --lock-timout; did you mean --lock-timeout?",
                "No target is given; did you mean Migrate? What stands behind --lock-timout is taken for its value",
            ],
            failure.Faults);
        Assert.Equal("targets come before the first option: ./build.sh Migrate --lock-timout …", failure.Hint);
    }

    [Fact]
    public void Names_all_faults_at_once()
    {
        environment["DRY_RUN"] = "1";
        WriteFile(".nuke/parameters.json", """{ "Zebra": 3 }""");

        var failure = Assert.Throws<SettingsException>(() => Read("Migrat", "--retention-days", "-1", "--foo"));

        Assert.Equal(
            [
                "--retention-days needs a value",
                "\"-1\" begins with a dash, so it is no value but an option, and there is none of this name",
                "Unknown option --foo; did you mean --for?",
                "The command line has \"Migrat\", which is no target; did you mean Migrate?",
                ".nuke/parameters.json: unknown key Zebra",
                "DRY_RUN in the environment is \"1\": it must be true or false",
            ],
            failure.Faults);
    }

    [Theory]
    [InlineData("postgresql://ann:hidden-word@db/shop")]
    [InlineData("--smoke-pasword", "hidden-word")]
    [InlineData("--database-url", "postgresql://ann:hidden-word@db/shop", "Verify")]
    [InlineData("--lock-timeout", "3s", "https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word")]
    [InlineData("--lock-timeout", "3s", "hidden-word")]
    [InlineData("--dry-run", "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=hidden-word")]
    [InlineData("--backup-store=https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word")]
    public void Never_repeats_a_secret_that_was_typed(params string[] words)
    {
        var failure = Assert.Throws<SettingsException>(() => Read(["Migrate", .. words]));

        Assert.DoesNotContain("hidden-word", failure.ToString() + failure.Hint, StringComparison.Ordinal);
    }

    private RunArguments Read(params string[] words)
        => new ArgumentCheck(ReleaseParameters.All, [.. ReleaseStages.All.Select(target => target.Name)])
            .Read(new ArgumentSources { Words = words, Environment = environment, RootFolder = root.FullName });

    private void MustRefuse(string fault, string hint, params string[] words)
    {
        var failure = Assert.Throws<SettingsException>(() => Read(words));

        Assert.Equal(fault, Assert.Single(failure.Faults));
        Assert.Equal(hint, failure.Hint);
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
    }

    private void WriteFile(string path, string text) => File.WriteAllText(Path.Combine(root.FullName, path), text);
}
