using Belay.Releases;
using Belay.Settings;

namespace Belay.Tests.Releases;

public sealed class RehearsalRulesTests
{
    private const SettingParts Migrating = SettingParts.RehearsalFirst;

    [Theory]
    [InlineData("--max-lock", "2s")]
    [InlineData("--max-duration", "10min")]
    [InlineData("--max-wal", "5GiB")]
    [InlineData("--no-rewrite", "true")]
    [InlineData("--smoke-command", "npm start")]
    public void What_only_a_rehearsal_heeds_is_refused_without_one(string option, string value)
    {
        var refusal = Assert.Throws<SettingsException>(() => Read(Migrating, (option[2..], value)));

        Assert.Equal([$"{option} is set, and without a rehearsal nothing is held against that"], refusal.Faults);
        Assert.Contains("add --rehearse", $"{refusal.Message}{refusal.Hint}", StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_it_is_named_at_once()
        => Assert.Equal(
            ["--max-lock, --no-rewrite are set, and without a rehearsal nothing is held against that"],
            Assert.Throws<SettingsException>(() => Read(Migrating, ("max-lock", "1s"), ("no-rewrite", "true"))).Faults);

    [Theory]
    [InlineData(Migrating, "max-lock", "2s", "rehearse", "true")]
    [InlineData(Migrating, "max-lock", "0s", "max-wal", "0")]
    [InlineData(SettingParts.None, "max-lock", "2s", "no-rewrite", "true")]
    public void A_budget_is_taken_where_it_is_held_or_asks_for_nothing_or_nothing_migrates(
        SettingParts required, string name, string value, string other, string otherValue)
        => Assert.NotNull(Read(required, (name, value), (other, otherValue)));

    [Fact]
    public void A_dry_run_rehearses_nothing_and_says_so()
    {
        Assert.Equal(
            ["--rehearse is set, and with --dry-run nothing is rehearsed"],
            Assert.Throws<SettingsException>(() => Read(Migrating, ("rehearse", "true"), ("dry-run", "true"))).Faults);
        Assert.Equal(
            ["--max-lock is set, and without a rehearsal nothing is held against that"],
            Assert.Throws<SettingsException>(() => Read(Migrating, ("max-lock", "1s"), ("dry-run", "true"))).Faults);
        Assert.NotNull(Read(SettingParts.None, ("rehearse", "true"), ("dry-run", "true")));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("rehearse", "false", false)]
    [InlineData("dry-run", "true", false)]
    [InlineData("migrator", "flyway migrate", false)]
    public void A_profile_s_rehearsal_takes_place_where_it_can_and_nothing_else_was_said(string? name, string? value, bool expected)
    {
        var input = Input(name is null ? [] : [(name, value!)]);

        Assert.Equal(expected, SettingsReader.Read(RehearsalRules.Rehearsing(input), Migrating).Rehearsal.BeforeMigrate);
    }

    private static ReleaseSettings Read(SettingParts required, params (string Name, string Value)[] given)
        => SettingsReader.Read(Input(given), required);

    private static SettingsInput Input(params (string Name, string Value)[] given) => new()
    {
        RootFolder = "/srv",
        Environment = new Dictionary<string, string>(),
        Given = given.ToDictionary(pair => pair.Name, pair => pair.Value),
    };
}
