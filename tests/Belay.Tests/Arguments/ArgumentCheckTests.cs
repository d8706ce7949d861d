using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

namespace Belay.Tests.Arguments;

public sealed class ArgumentCheckTests : IDisposable
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

        var arguments = Read("migrate", "smoke-test", "--dry-run", "--lock-timeout", "5s", "--skip", "back-up", "--profile", "local", "--plan");

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
    [InlineData("The command line has \"Migrate+Verify\" beside other words: write targets with blanks between them, or all in one word with plus signs", "Status", "Migrate+Verify")]
    [InlineData("Targets are given as words and with --target: only one of them can be", "Migrate", "--target", "Verify")]
    [InlineData("--skip has \"Bakcup\", which is no target; did you mean Backup?", "Migrate", "--skip", "Bakcup")]
    [InlineData("Migrate is both to run and to be skipped: an engine would run it without what it depends on", "Migrate", "--skip", "Migrate")]
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
    [InlineData("--root is refused: the folder with .nuke above the current one is the root; change into the other one", "Migrate", "--root", "/srv")]
    [InlineData("--dry-run takes true, false or nothing, not \"maybe\"", "Migrate", "--dry-run", "maybe")]
    [InlineData("--dry-run takes true, false or nothing, not \"\"", "Migrate", "--dry-run", "")]
    [InlineData("--dry-run takes true, false or nothing, not 2 words", "Migrate", "--dry-run", "true", "true")]
    [InlineData("--lock-timeout is given twice", "Migrate", "--lock-timeout", "3s", "-LockTimeout", "4s")]
    [InlineData("--lock-timeout takes one value, and 2 words follow it", "Migrate", "--lock-timeout", "3s", "4s")]
    [InlineData("--verbosity is \"loud\": it must be verbose, normal, minimal or quiet", "Migrate", "--verbosity", "loud")]
    [InlineData("--profile is \"../x\": the name of a profile has letters, digits, dashes, underscores and dots", "Migrate", "--profile", "../x")]
    public void Refuses_options_that_would_not_take_effect(string fault, params string[] words) => MustRefuse(fault, SeeHelp, words);

    [Theory]
    [InlineData("--dry-run has an equals sign behind it: its value must stand after a blank", "--dry-run <value>", "Migrate", "--dry-run=true")]
    [InlineData("--lock-timeout needs a value", "--lock-timeout <value>", "Migrate", "--lock-timeout")]
    [InlineData("--target-version has an empty value; leave the option out for its default", "--target-version <value>", "Migrate", "--target-version", "")]
    [InlineData("--proof-level takes one value, and 2 words follow it", "targets come before the first option: ./build.sh Verify --proof-level …", "Migrate", "--proof-level", "restored", "Verify")]
    [InlineData("--dry-run takes true, false or nothing, not \"Verify\"", "targets come before the first option: ./build.sh Verify --dry-run …", "Migrate", "--dry-run", "Verify")]
    [InlineData("No target is given", "targets come before the first option: ./build.sh Migrate --dry-run", "--dry-run")]
    public void Says_how_to_write_what_was_meant(string fault, string hint, params string[] words) => MustRefuse(fault, hint, words);

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
                "Unknown option --foo",
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

    [Fact]
    public void Says_where_a_secret_belongs()
    {
        const string Hint = "set BACKUP_STORE in the environment or in .env instead";
        MustRefuse("--backup-store has a secret behind it, which every user of the machine can read in the process list", Hint, "Backup", "--backup-store", "https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word");
        MustRefuse("--database-url is not taken from the command line, which every user of the machine can read", "set DATABASE_URL in the environment or in .env instead", "Backup", "--database-url", "x");
    }

    [Theory]
    [InlineData("LOCK_TIMEOUT")]
    [InlineData("LockTimeout")]
    [InlineData("NUKE_LOCK_TIMEOUT")]
    public void Takes_a_variable_in_every_spelling_after_the_command_line_and_before_files(string variable)
    {
        environment[variable] = "2s";
        WriteFile(".nuke/parameters.json", """{ "LockTimeout": "3s", "LockBudget": "4s" }""");

        Assert.Equal(new Dictionary<string, string> { ["lock-timeout"] = "2s", ["lock-budget"] = "4s" }, Read("Migrate").Texts);
        Assert.Equal("1s", Read("Migrate", "--lock-timeout", "1s").Texts["lock-timeout"]);
    }

    [Theory]
    [InlineData("VERSION")]
    [InlineData("FROM")]
    [InlineData("CONFIRM")]
    [InlineData("BACKUP")]
    [InlineData("LOCK_TIMEOUT", "")]
    public void Leaves_variables_alone_that_mean_something_else_or_nothing(string variable, string value = "3")
    {
        environment[variable] = value;

        Assert.Empty(Read("Migrate").Texts);
    }

    [Fact]
    public void Refuses_two_variables_that_contradict_each_other()
    {
        environment["LOCK_TIMEOUT"] = "3s";
        environment["NUKE_LOCK_TIMEOUT"] = "4s";

        MustRefuse("LOCK_TIMEOUT and NUKE_LOCK_TIMEOUT in the environment contradict each other: both mean --lock-timeout", "unset NUKE_LOCK_TIMEOUT", "Migrate");
    }

    [Theory]
    [InlineData("TARGET", "Verify")]
    [InlineData("PLAN", "true")]
    [InlineData("PROFILE", "nope")]
    [InlineData("CONTINUE", "true")]
    [InlineData("SKIP", "")]
    [InlineData("SKIP", "  ")]
    public void Variables_of_the_engine_decide_nothing(string variable, string value)
    {
        environment[variable] = value;

        var arguments = Read("Migrate");

        Assert.Equal(["Migrate"], arguments.Targets);
        Assert.Null(arguments.Skipped);
        Assert.Empty(arguments.Profiles);
        Assert.False(arguments.IsPlan);
    }

    [Fact]
    public void Honours_a_variable_that_skips_targets_and_refuses_one_that_names_none()
    {
        environment["SKIP"] = "Backup+Verify";
        Assert.Equal(["Backup", "Verify"], Read("Migrate").Skipped);
        Assert.Equal([], Read("Migrate", "--skip").Skipped);

        environment["SKIP"] = "eslint,flake8";
        MustRefuse("SKIP in the environment has \"eslint,flake8\", which is no target", SeeHelp, "Migrate");
    }

    [Theory]
    [InlineData("""{ "retention-days": 3 }""", ": unknown key retention-days; did you mean RetentionDays?")]
    [InlineData("""{ "retentionDays": 3 }""", ": unknown key retentionDays; did you mean RetentionDays?")]
    [InlineData("""{ "Skip": ["Backup"] }""", ": unknown key Skip")]
    [InlineData("""{ "Target": "Status" }""", ": unknown key Target")]
    [InlineData("""{ "Continue": true }""", ": unknown key Continue")]
    [InlineData("""{ "Layout": ["auto"] }""", ": Layout must be text, a number, true or false")]
    [InlineData("""{ "Layout": "auto", "Layout": "flyway" }""", ": Layout stands there twice")]
    [InlineData("""{ "DryRun": "yes" }""", ": DryRun is \"yes\": it must be true or false")]
    [InlineData("[]", " must hold one object: { \"Parameter\": value }")]
    public void Refuses_a_wrong_file(string text, string fault)
    {
        WriteFile(".nuke/parameters.json", text);
        MustRefuse($".nuke/parameters.json{fault}", SeeHelp, "Migrate");
    }

    [Fact]
    public void Refuses_in_a_file_what_belongs_to_one_run_and_what_is_secret()
    {
        WriteFile(".nuke/parameters.json", """{ "Confirm": "shop" }""");
        MustRefuse(".nuke/parameters.json: Confirm is not taken from a file", "give it as --confirm on the command line", "Rollback");

        WriteFile(".nuke/parameters.json", """{ "BackupKey": "x" }""");
        MustRefuse(".nuke/parameters.json: BackupKey is not taken from a file", "give it as BACKUP_KEY in the environment or in .env", "Backup");

        WriteFile(".nuke/parameters.json", """{ "BackupStore": "https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word" }""");
        MustRefuse(".nuke/parameters.json: BackupStore holds a secret, which has no place in a file that is committed", "set BACKUP_STORE in the environment or in .env instead", "Backup");
    }

    [Fact]
    public void Reads_files_leniently_and_the_last_profile_first()
    {
        WriteFile(".nuke/parameters.json", """{ "$schema": "./build.schema.json", /* why */ "Layout": "belay", "KeepLast": 3, "Immutable": true, "Drift": null, }""");
        WriteFile(".nuke/parameters.one.json", """{ "Layout": "flyway", "KeepLast": 4 }""");
        WriteFile(".nuke/parameters.two.json", """{ "Layout": "goose" }""");

        Assert.Equal(new Dictionary<string, string> { ["keep-last"] = "3", ["immutable"] = "true", ["layout"] = "belay" }, Read("Migrate").Texts);
        Assert.Equal(
            new Dictionary<string, string> { ["keep-last"] = "4", ["immutable"] = "true", ["layout"] = "goose" },
            Read("Migrate", "--profile", "one", "two").Texts);
    }

    [Fact]
    public void Refuses_a_file_that_is_missing_or_no_JSON()
    {
        MustRefuse($"--profile nope needs the file .nuke/parameters.nope.json, which does not exist in {root.FullName}", SeeHelp, "Migrate", "--profile", "nope");

        WriteFile(".nuke/parameters.json", "{ \"Layout\": ");
        Assert.StartsWith(".nuke/parameters.json cannot be read: ", Assert.Throws<SettingsException>(() => Read("Migrate")).Message, StringComparison.Ordinal);
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
