using Belay.Adoption;
using Belay.Releases;
using Belay.Settings;
using Belay.Tests.Support;

namespace Belay.Tests.Adoption;

public sealed class HistoryReaderTests
{
    private const SettingParts Both = SettingParts.Version | SettingParts.Reason;

    [Fact]
    public void Reads_version_and_reason()
        => Assert.Equal(
            new HistorySettings { Version = 20250101120000, Reason = "a comment" },
            SettingsReader.Read(Input("20250101120000", " a comment "), Both).History);

    [Fact]
    public void Names_both_when_both_are_missing()
    {
        var failure = Assert.Throws<SettingsException>(() => SettingsReader.Read(Input(null, " "), Both));
        Assert.Equal(
            [
                "--reason is missing: it stands in the history for whoever reads it later",
                "--migration-version is missing: the number of a migration",
            ], failure.Faults);
        Assert.Equal("--reason \"why the text in the file is right\"", failure.Hint);
    }

    [Fact]
    public void Refuses_a_version_that_is_no_number()
        => Assert.Equal(
            ["--migration-version is \"1.x\": a version is a whole number, or parts like 1.2.3, with 28 digits in all"],
            Assert.Throws<SettingsException>(() => SettingsReader.Read(Input("1.x", "x"), Both)).Faults);

    [Fact]
    public void Does_not_look_at_a_version_that_no_target_asks_for()
        => Assert.Equal(new HistorySettings(), SettingsReader.Read(Input("1.2.3", null), SettingParts.None).History);

    [Fact]
    public void Reads_the_tool_whose_history_is_adopted_where_a_target_asks_for_it()
    {
        var input = Input(null, null).With(("from", "ef-core"));
        Assert.Equal("ef-core", SettingsReader.Read(input, SettingParts.Adoption).History.From);
        Assert.Null(SettingsReader.Read(input.With(("from", "anything")), SettingParts.None).History.From);
        Assert.Equal(
            [
                "--from is \"ef\": it must be golang-migrate, flyway, dbmate, goose, sqitch, diesel, prisma, drizzle, tern, "
                    + "node-pg-migrate, sql-migrate, mybatis, play, atlas, sqlx, refinery, dbup, postgres-migrations, evolve, supabase, "
                    + "alembic, ef-core or none",
            ],
            Assert.Throws<SettingsException>(() => SettingsReader.Read(input.With(("from", "ef")), SettingParts.Adoption)).Faults);
    }

    private static SettingsInput Input(string? version, string? reason)
        => new SettingsInput { RootFolder = "/srv", Environment = new Dictionary<string, string>() }
            .With(("migration-version", version), ("reason", reason));
}
