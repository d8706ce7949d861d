using Belay.IntegrationTests.Local;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Sql;
using Belay.Verification;

namespace Belay.IntegrationTests.Verification;

public sealed class VerifyRunnerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Passes_after_the_guides_migration_with_the_guides_lines()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await sample.MigrateAsync(Token);

        var report = await VerifyAsync(sample);

        report.EnsurePassed();
        var lines = VerificationRenderer.Lines(report);
        Assert.Equal(
            [
                "All 4 columns verified successfully:",
                "",
                "  clear_previous_anomalies       boolean         DEFAULT true                 NO",
                "  max_reports                    integer         DEFAULT 5                    NO",
                "  max_templates                  integer         DEFAULT 5                    NO",
                "  show_clear_warning             boolean         DEFAULT true                 NO",
            ],
            lines.Take(6));
        Assert.Equal(
            ["VERIFICATION PASSED", "Total users in database: 15", "All users will have default values applied"], lines.TakeLast(3));
    }

    [Fact]
    public async Task Names_a_column_that_is_missing_before_the_migration()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);

        var report = await VerifyAsync(sample);

        Assert.Equal("42703: column \"clear_previous_anomalies\" does not exist", report.Results[1].Differences[0].Split(" (")[0]);
    }

    [Fact]
    public async Task Fails_with_exit_code_8_when_a_definition_differs()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await sample.MigrateAsync(Token);
        await sample.Database.ExecuteAsync("ALTER TABLE \"user\" ALTER max_reports SET DEFAULT 6", Token);

        var exception = Assert.Throws<VerificationException>((await VerifyAsync(sample)).EnsurePassed);

        Assert.Equal(8, exception.ExitCode);
        Assert.Contains("\n  row 2, column_default: expected 5, got 6\n  expected:\n", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\n    max_reports | integer | 6 | NO\n", exception.Message, StringComparison.Ordinal);
    }

    private static Task<VerificationReport> VerifyAsync(SampleDatabase sample)
    {
        var checks = Path.ChangeExtension(SampleDatabase.MigrationFile, ".verify.sql");
        var migration = new Migration
        {
            Version = 1,
            Name = "add_user_analysis_preferences",
            Path = SampleDatabase.MigrationFile,
            Text = "",
            Sha256 = "",
            Verify = new ScriptSource(checks, File.ReadAllText(checks)),
        };
        return new VerifyRunner(new DatabaseConnector(sample.Owner)).RunAsync([migration], Token);
    }
}
