using Belay.History;
using Belay.Recovery;
using Belay.Settings;

namespace Belay.Tests.Recovery;

public sealed class RollbackGoalTests
{
    [Theory]
    [InlineData(null, "3")]
    [InlineData("2", "3")]
    [InlineData(" 0001 ", "3 2")]
    [InlineData("0", "3 2 1")]
    [InlineData("3", "")]
    public void Chooses_what_is_newer_newest_first(string? to, string versions)
        => Assert.Equal(versions, string.Join(' ', RollbackGoal.Read(to).Choose(Applied(2, 3, 1)).Select(migration => migration.Version)));

    [Fact]
    public void Goes_back_to_a_version_with_parts_and_to_a_migration_zero()
    {
        Assert.Equal([2m], RollbackGoal.Read("1.2").Choose(Applied(1, 1.0002m, 2)).Select(migration => migration.Version));
        Assert.Equal([1m], RollbackGoal.Read("0").Choose(Applied(0, 1)).Select(migration => migration.Version));
    }

    [Theory]
    [InlineData("restored")]
    [InlineData("-1")]
    [InlineData("")]
    public void Refuses_what_is_no_version(string to)
    {
        var refusal = Assert.Throws<SettingsException>(() => RollbackGoal.Read(to));
        Assert.Equal(
            (
                $"--to {to} is no version of a migration: a version is a whole number, or parts like 1.2.3, with 28 digits in all; "
                    + "nothing was touched",
                "./build.sh Status lists the versions; --to 0 takes all of them back"),
            (refusal.Message, refusal.Hint));
    }

    [Theory]
    [InlineData("4", "--to 4 is newer than the newest applied migration, 0003_m; nothing was touched")]
    [InlineData(
        "2",
        "--to 2: no migration of that version is applied, so nobody can go back to it; nothing was touched. Applied, newest first: "
            + "0003_m, 0001_m")]
    public void Refuses_a_version_that_nobody_can_go_back_to(string to, string message)
        => Assert.Equal(message, Assert.Throws<SettingsException>(() => RollbackGoal.Read(to).Choose(Applied(1, 3))).Message);

    [Fact]
    public void Names_at_most_ten_of_what_is_applied()
    {
        var applied = Applied([.. Enumerable.Range(1, 11).Select(version => (decimal)version)]);
        var refusal = Assert.Throws<SettingsException>(() => RollbackGoal.Read("0.5").Choose(applied));
        Assert.EndsWith("0003_m, 0002_m and 1 more", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_when_nothing_is_applied()
        => Assert.Equal(
            "No migration is applied, so there is nothing to roll back",
            Assert.Throws<SettingsException>(() => RollbackGoal.Newest.Choose([])).Message);

    private static IReadOnlyList<AppliedMigration> Applied(params decimal[] versions)
        => [.. versions.Select(version => new AppliedMigration(version, "m", "", DateTimeOffset.UnixEpoch, "", TimeSpan.Zero, null))];
}
