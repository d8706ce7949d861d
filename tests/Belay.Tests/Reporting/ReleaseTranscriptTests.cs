using Belay.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Reporting;

public sealed class ReleaseTranscriptTests
{
    private readonly Lines lines = new();
    private readonly FakeTimeProvider timeProvider = new(Records.Started);

    [Fact]
    public void Prints_the_transcript_of_the_guide()
    {
        var transcript = new ReleaseTranscript(lines, timeProvider);

        transcript.Begin("database-name");
        transcript.SettingsLoaded();
        transcript.DatabaseConfigured("your-database-host:5432/database-name");
        transcript.MigrationsLoaded(["0001_add_user_analysis_preferences.sql"]);
        transcript.DatabaseConnected("PostgreSQL 14.5 on ...");
        transcript.PreflightCompleted(
            new(0, 4, ["clear_previous_anomalies", "max_reports", "max_templates", "show_clear_warning"]) { AreColumns = true });
        transcript.MigrationStarted();
        lines.Line("NOTICE:  Added column: clear_previous_anomalies");
        transcript.MigrationSucceeded();
        transcript.Verified(["VERIFICATION PASSED", "Total users in database: 15"]);
        transcript.LoggedIn(null, "500 column user.max_reports does not exist", "200 with a valid token");
        timeProvider.Advance(TimeSpan.FromSeconds(2));
        transcript.Completed();

        Assert.Equal(
            """
            ================================================================================
            Belay release of database-name
            ================================================================================
            Started at: 2025-10-12 10:30:00 UTC

            [1/6] Environment and settings loaded successfully
            [2/6] Database connection configured
                  Database: your-database-host:5432/database-name
            [3/6] Migration SQL loaded from: 0001_add_user_analysis_preferences.sql
            [4/6] Database connection verified
                  PostgreSQL version: PostgreSQL 14.5 on ...
            [5/6] Pre-flight checks completed
                  Existing columns: 0 out of 4
                  Will add: clear_previous_anomalies, max_reports, max_templates, show_clear_warning

            [6/6] Executing migration...
            --------------------------------------------------------------------------------
            NOTICE:  Added column: clear_previous_anomalies
            --------------------------------------------------------------------------------

            SUCCESS: Migration executed successfully!

            Post-Migration Verification
            --------------------------------------------------------------------------------
            VERIFICATION PASSED
            Total users in database: 15

            Login Test
            --------------------------------------------------------------------------------
            Before: 500 column user.max_reports does not exist
            After:  200 with a valid token

            ================================================================================
            Migration completed successfully!
            Finished at: 2025-10-12 10:30:02 UTC
            ================================================================================
            """.ReplaceLineEndings("\n"),
            string.Join('\n', lines.Printed));
    }

    [Fact]
    public void Says_that_nothing_is_pending()
    {
        var transcript = new ReleaseTranscript(lines, timeProvider);

        transcript.MigrationsLoaded([]);
        transcript.PreflightCompleted(null);
        transcript.NothingToMigrate();

        Assert.Equal(
            [
                "[3/6] Migration SQL: nothing pending",
                "[5/6] Pre-flight checks completed",
                "",
                "[6/6] Nothing to migrate: every migration is applied",
                "",
            ],
            lines.Printed);
    }

    [Fact]
    public void Calls_columns_only_what_are_columns()
    {
        new ReleaseTranscript(lines, timeProvider).PreflightCompleted(new(1, 3, ["t_a", "t_b"]));

        Assert.Equal(
            [
                "[5/6] Pre-flight checks completed",
                "      What the checks expect and is there already: 1 out of 3",
                "      Not there yet: t_a, t_b",
            ],
            lines.Printed);
    }

    [Theory]
    [InlineData("VERIFICATION PASSED", LineTone.Good)]
    [InlineData("VERIFICATION PASSED for what ran now; 1 check of earlier releases failed", LineTone.Good)]
    [InlineData("VERIFICATION FAILED: 1 of 2 checks", LineTone.Bad)]
    [InlineData("FAILED columns (1_a.verify.sql:3)", LineTone.Bad)]
    [InlineData("NOTHING WAS VERIFIED: there is no check that expects something", LineTone.Doubtful)]
    [InlineData("Total users in database: 15", LineTone.Plain)]
    public void Tells_an_outcome_by_its_colour_too(string line, LineTone tone)
    {
        new ReleaseTranscript(lines, timeProvider).Verified([line]);

        Assert.Equal((line, tone), (lines.Printed[2], lines.Tones.Single()));
    }

    private sealed class Lines : IReleaseOutput
    {
        public List<string> Printed { get; } = [];

        public List<LineTone> Tones { get; } = [];

        public void Line(string text) => Printed.Add(text);

        public void Line(string text, LineTone tone)
        {
            Tones.Add(tone);
            Line(text);
        }

        public void Warn(string text) => throw new InvalidOperationException(text);

        public void Progress(string text) => throw new InvalidOperationException(text);
    }
}
