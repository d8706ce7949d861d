using Belay.Settings;

namespace Belay.Tests.Arguments;

public sealed partial class ArgumentCheckTests
{
    [Fact]
    public void Says_where_a_secret_belongs()
    {
        const string Hint = "set BACKUP_STORE in the environment or in .env instead";
        MustRefuse(
            "--backup-store has a secret behind it, which every user of the machine can read in the process list",
            Hint,
            "Backup",
            "--backup-store",
            "https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word");
        MustRefuse(
            "--database-url is not taken from the command line, which every user of the machine can read",
            "set DATABASE_URL in the environment or in .env instead",
            "Backup",
            "--database-url",
            "x");
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

        MustRefuse(
            "LOCK_TIMEOUT and NUKE_LOCK_TIMEOUT in the environment contradict each other: both mean --lock-timeout",
            "unset NUKE_LOCK_TIMEOUT",
            "Migrate");
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
        MustRefuse(
            ".nuke/parameters.json: BackupKey is not taken from a file", "give it as BACKUP_KEY in the environment or in .env", "Backup");

        WriteFile(".nuke/parameters.json", """{ "BackupStore": "https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word" }""");
        MustRefuse(
            ".nuke/parameters.json: BackupStore holds a secret, which has no place in a file that is committed",
            "set BACKUP_STORE in the environment or in .env instead",
            "Backup");
    }

    [Fact]
    public void Reads_files_leniently_and_the_last_profile_first()
    {
        WriteFile(
            ".nuke/parameters.json",
            """{ "$schema": "./build.schema.json", /* why */ "Layout": "belay", "KeepLast": 3, "Immutable": true, "Drift": null, }""");
        WriteFile(".nuke/parameters.one.json", """{ "Layout": "flyway", "KeepLast": 4 }""");
        WriteFile(".nuke/parameters.two.json", """{ "Layout": "goose" }""");

        Assert.Equal(
            new Dictionary<string, string> { ["keep-last"] = "3", ["immutable"] = "true", ["layout"] = "belay" }, Read("Migrate").Texts);
        Assert.Equal(
            new Dictionary<string, string> { ["keep-last"] = "4", ["immutable"] = "true", ["layout"] = "goose" },
            Read("Migrate", "--profile", "one", "two").Texts);
    }

    [Fact]
    public void Refuses_a_file_that_is_missing_or_no_JSON()
    {
        MustRefuse(
            $"--profile nope needs the file .nuke/parameters.nope.json, which does not exist in {root.FullName}",
            SeeHelp,
            "Migrate",
            "--profile",
            "nope");

        WriteFile(".nuke/parameters.json", "{ \"Layout\": ");
        Assert.StartsWith(
            ".nuke/parameters.json cannot be read: ",
            Assert.Throws<SettingsException>(() => Read("Migrate")).Message,
            StringComparison.Ordinal);
    }
}
