using Belay.History;
using Belay.Recovery;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Tests.Recovery;

public sealed class RollbackPreviewTests
{
    private static readonly RollbackPreview Preview = new()
    {
        Migration = new AppliedMigration(
            1, "add_preferences", "a", new DateTimeOffset(2025, 10, 12, 12, 0, 0, TimeSpan.Zero), "postgres", TimeSpan.Zero, null),
        Source = new ScriptSource("/m/0001_add_preferences.rollback.sql", ""),
        Script = MigrationScript.Read("", noTransaction: false),
        Database = "app",
        Losses =
        [
            $"{new ColumnLoss(new DroppedColumn("\"user\"", "max_reports"), 15, 2)}",
            $"{new ColumnLoss(new DroppedColumn("t", "a"), 1, 0)}",
            $"{new ColumnLoss(new DroppedColumn("t", "b"), null, null)}",
            $"{new TableLoss("app.t", 1)}",
        ],
    };

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
        => Assert.Equal("  the script drops no table and no column that could be counted", (Preview with { Losses = [] }).Lines[^1]);

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
