using Belay.History;
using Belay.Recovery;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Tests.Recovery;

public sealed class RollbackPreviewTests
{
    private static readonly RollbackStep Step = new()
    {
        Migration = new AppliedMigration(
            1, "add_preferences", "a", new DateTimeOffset(2025, 10, 12, 12, 0, 0, TimeSpan.Zero), "postgres", TimeSpan.Zero, null),
        Source = new ScriptSource("/m/0001_add_preferences.rollback.sql", ""),
        Script = MigrationScript.Read("", noTransaction: false),
        Losses =
        [
            $"{new ColumnLoss(new DroppedColumn("\"user\"", "max_reports"), 15, 2)}",
            $"{new ColumnLoss(new DroppedColumn("t", "a"), 1, 0)}",
            $"{new ColumnLoss(new DroppedColumn("t", "b"), null, null)}",
            $"{new TableLoss("app.t", 1)}",
        ],
    };

    private static readonly RollbackPreview Preview = new() { Steps = [Step], Database = "app" };

    [Fact]
    public void Warns_and_counts_what_would_be_lost()
        => Assert.Equal(
            [
                "DANGER: This will drop data. Only use for emergency rollback.",
                "WARNING: Only do this if absolutely necessary and you understand the implications.",
                "Rollback of 0001_add_preferences, applied 2025-10-12 12:00:00 UTC, in database app:",
                "  \"user\".max_reports: 2 of 15 rows with another value than the default",
                "  t.a: 0 of 1 row with another value than the default",
                "  t.b: not counted",
                "  app.t: 1 row",
            ],
            Preview.Lines);

    [Fact]
    public void Says_when_there_is_nothing_to_count()
        => Assert.Equal(
            "  the script drops no table and no column that could be counted",
            (Preview with { Steps = [Step with { Losses = [] }] }).Lines[^1]);

    [Fact]
    public void Lists_every_step_and_says_what_is_the_newest_afterwards()
    {
        var older = Step with { Migration = Step.Migration with { Version = 0.5m, Name = "older" }, Losses = [] };
        var preview = new RollbackPreview { Steps = [Step, older], Database = "app", To = 0 };

        Assert.Equal(
            [
                "Rollback of 0000.5_older, applied 2025-10-12 12:00:00 UTC, in database app:",
                "  the script drops no table and no column that could be counted",
                "Afterwards no migration is applied.",
            ],
            preview.Lines.Skip(7));
        Assert.Equal(
            ("2 migrations, 0001_add_preferences to 0000.5_older", "./build.sh Rollback --to 0 --confirm app"),
            (preview.Name, preview.Command));
    }

    [Fact]
    public void Takes_the_name_of_the_database_as_confirmation() => Assert.Null(Record.Exception(() => Preview.Confirm("app")));

    [Theory]
    [InlineData(null, "Rollback of 0001_add_preferences is not confirmed; nothing was touched")]
    [InlineData("App", "--confirm App is not the name of the database, app; nothing was touched")]
    [InlineData("", "--confirm  is not the name of the database, app; nothing was touched")]
    public void Refuses_anything_else(string? confirmation, string message)
    {
        var exception = Assert.Throws<SettingsException>(() => Preview.Confirm(confirmation));
        Assert.Equal(
            (ExitCodes.Usage, message, "./build.sh Rollback --confirm app"), (exception.ExitCode, exception.Message, exception.Hint));
    }
}
