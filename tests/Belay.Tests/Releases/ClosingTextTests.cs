using Belay.History;
using Belay.Preflight;
using Belay.Releases;
using Belay.Reporting;
using Belay.Settings;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Releases;

public sealed class ClosingTextTests
{
    private static readonly Failure Refused = new(ExitCodes.PreflightRefused, "No room", "free it", false);

    private readonly RunRecord record;

    public ClosingTextTests() => record = Record("Migrate");

    [Fact]
    public void Tells_what_failed_where_the_database_stands_both_logins_and_the_record()
    {
        record.Ran(Applied(1, "a"));
        record.Ran(Applied(2, "b"));
        record.LoggedIn([new ReleaseLogin("500 no column", "401 no", Passed: false)]);

        Assert.Equal(
            """
            ================================================================================
            Migration committed (0001_a, 0002_b); login FAILED, exit code 9
            ================================================================================
            Login failed
            Hint: look

            Database: db:5432/shop is committed up to 0002_b, which is in force
            Login:    before 500 no column; after 401 no
            Record:   r.md
            """,
            Text(new RunClosing(new Failure(ExitCodes.SmokeTestFailed, "Login failed", "look", false))
            {
                Stage = "SmokeTest", Record = record, Files = new ReleaseFiles("r.json", "r.md"),
            }),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Tells_what_failed_alone_where_no_run_began()
        => Assert.Equal(
            """
            ================================================================================
            Preflight FAILED, exit code 3
            ================================================================================
            No room
            Hint: free it
            """,
            Text(new RunClosing(Refused) { Stage = "Preflight" }),
            ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData(ExitCodes.Interrupted, "", "Backup CANCELLED, exit code 130")]
    [InlineData(ExitCodes.Interrupted, "1", "Migration committed (0001_a); the release CANCELLED, exit code 130")]
    [InlineData(ExitCodes.VerificationFailed, "1", "Migration committed (0001_a); verification FAILED, exit code 8")]
    [InlineData(ExitCodes.MigrationRolledBack, "1", "Migration committed (0001_a); a later migration FAILED, exit code 6")]
    [InlineData(ExitCodes.BackupFailed, "", "Backup FAILED, exit code 4")]
    public void Never_hides_what_is_in_force(int exitCode, string committed, string headline)
    {
        if (committed.Length > 0)
        {
            record.Ran(Applied(1, "a"));
        }

        var failure = new Failure(exitCode, "x", null, IsCancellation: exitCode == ExitCodes.Interrupted);
        var lines = ClosingText.Lines(new RunClosing(failure) { Stage = "Backup", Record = record });

        Assert.Equal((headline, failure.IsCancellation ? LineTone.Doubtful : LineTone.Bad), lines[1]);
    }

    [Theory]
    [InlineData("Migrate", ExitCodes.PreflightRefused, null, "db:5432/shop is unchanged")]
    [InlineData("Migrate", ExitCodes.MigrationRolledBack, "left", "db:5432/shop is unchanged")]
    [InlineData("Migrate", ExitCodes.Interrupted, "left", "db:5432/shop is left")]
    [InlineData("Migrate", ExitCodes.MigrationPartWay, null, "db:5432/shop is part-way, as told above; ./build.sh Status shows it")]
    [InlineData(
        "Migrate", ExitCodes.Unexpected, null, "db:5432/shop is in a state that this failure does not tell; ./build.sh Status shows it")]
    [InlineData("Restore", ExitCodes.SmokeTestFailed, "left", "db:5432/shop is left")]
    [InlineData("Restore", ExitCodes.Interrupted, null, null)]
    [InlineData("Rollback", ExitCodes.RecoveryFailed, null, null)]
    public void Claims_of_the_database_only_what_is_known(string target, int exitCode, string? standing, string? expected)
    {
        var run = Record(target);
        run.Standing = standing;

        Assert.Equal(expected, DatabaseStanding.Of(new Failure(exitCode, "x", null, false), run));
    }

    private static string Text(RunClosing closing) => string.Join('\n', ClosingText.Lines(closing).Select(line => line.Text));

    private static AppliedMigration Applied(decimal version, string name)
        => new(version, name, "", DateTimeOffset.UnixEpoch, "ada", TimeSpan.FromSeconds(1), null);

    private static RunRecord Record(string target) => new(new RunRequest
    {
        Host = new ReleaseHost
        {
            Input = new SettingsInput { RootFolder = "/", Environment = new Dictionary<string, string>() },
            Output = new TestOutput(),
            Errors = TextWriter.Null,
            TimeProvider = new FakeTimeProvider(),
        },
        Targets = [target],
        Required = SettingParts.None,
        Work = ReleaseWork.None,
        IsRelease = true,
        CountsAllChecks = false,
        TriesLogin = false,
        LeavesRecord = true,
    }) { Database = "db:5432/shop" };
}
