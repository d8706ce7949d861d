using Belay.Adoption;
using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Settings;
using Belay.Sql;

namespace Belay.IntegrationTests.Adoption;

public sealed class RepairRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Ran = "CREATE TABLE orders\n(id integer);\n";

    private const string Changed = "-- orders of the shop\nCREATE TABLE orders\n(id int);\n";

    private AppliedMigration applied = null!;

    /// <summary>What was printed, without what the migrations before it said.</summary>
    private IEnumerable<string> Told => Bench.Output.Lines.Where(line => !line.Contains(".sql applied in ", StringComparison.Ordinal));

    protected override async Task PrepareAsync()
    {
        Bench.Write("0001_orders.sql", Ran);
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);\n");
        applied = (await Bench.RunAsync()).Applied[0];
        Bench.Write("0001_orders.sql", Changed);
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer); -- of orders\n");
    }

    [Fact]
    public async Task Accepts_the_one_file_shows_the_difference_and_keeps_the_text_that_ran()
    {
        var path = Bench.PathOf("0001_orders.sql");

        Assert.Equal("0001_orders.sql", (await RunAsync(1, "a comment, and int for integer")).FileName);

        Assert.Equal(
            [
                $"{path} differs from the text that ran on {Quantity.Utc(applied.AppliedUtc)} (- ran, + is in the file):",
                "  + -- orders of the shop", "  - (id integer);", "  + (id int);",
                "0001_orders.sql is accepted in place of it; the text that ran stays in belay.repair",
            ],
            Told);
        var (now, former) = (MigrationFolder.Read(Bench.Settings.Folder)[0].Sha256, applied.Sha256);
        Assert.Equal(
            [$"1 orders {former} {Ran} {now} a comment, and int for integer {Database.Target.Username} t"],
            await Bench.QueryAsync(
                "SELECT format('%s %s %s %s %s %s %s %s', version, name, sha256, script, new_sha256, reason, repaired_by, repaired_at <= "
                    + "now()) FROM belay.repair"));
        Assert.Equal(
            [$"{now} {Changed} t"],
            await Bench.QueryAsync(
                "SELECT format('%s %s %s', sha256, script, remark ~ '^repaired [0-9: -]{19} UTC: a comment, and int for integer$') FROM "
                    + "belay.migration WHERE version = 1"));
        Assert.Contains("0002_items.sql was changed after it was applied", (await Bench.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_every_text_that_was_ever_replaced()
    {
        await RunAsync(1, "first");
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id int);\n");
        await RunAsync(1, "second");

        Assert.Equal([Ran, Changed], await Bench.QueryAsync("SELECT script FROM belay.repair ORDER BY repaired_at"));
        Assert.Matches(
            "^repaired [0-9: -]{19} UTC: first; repaired [0-9: -]{19} UTC: second$",
            Assert.Single(await Bench.QueryAsync("SELECT remark FROM belay.migration WHERE version = 1")));
    }

    [Fact]
    public async Task Shows_the_difference_and_changes_nothing_in_a_dry_run()
    {
        await RunAsync(1, "why not", dryRun: true);

        Assert.Equal(
            ["  + -- orders of the shop", "  - (id integer);", "  + (id int);", "0001_orders.sql would be accepted in place of it"],
            Told.Skip(1));
        Assert.Equal([applied.Sha256], await Bench.QueryAsync("SELECT sha256 FROM belay.migration WHERE version = 1"));
        Assert.DoesNotContain("belay.repair", await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_a_file_that_was_not_changed()
    {
        Bench.Write("0001_orders.sql", Ran.ReplaceLineEndings("\r\n"));
        await RefusesAsync(
            1,
            $"0001_orders.sql is the text that ran on {Quantity.Utc(applied.AppliedUtc)}, so there is nothing to repair",
            "./build.sh Status");
    }

    [Fact]
    public Task Refuses_a_version_that_nobody_knows()
        => RefusesAsync(
            9,
            $"--migration-version 9 is neither in the history of {Database.Target.DisplayName} nor in the folder",
            "./build.sh Status lists both");

    [Fact]
    public Task Refuses_a_file_that_is_not_applied()
    {
        Bench.Write("0003_notes.sql", "CREATE TABLE notes (id integer);\n");
        return RefusesAsync(
            3,
            $"0003_notes.sql is not applied in {Database.Target.DisplayName}, so there is nothing to repair",
            "change the file as you like, then ./build.sh Migrate");
    }

    [Fact]
    public Task Leaves_the_row_of_a_file_that_is_gone()
    {
        File.Delete(Bench.PathOf("0001_orders.sql"));
        return RefusesAsync(
            1,
            "Migration 1 (orders) has no file in the folder. Its row says what ran here and stays; a file that is gone stops no release, "
                + "so there is nothing to repair",
            "./build.sh Status lists it with the remark that its file is not in the folder");
    }

    private async Task RefusesAsync(long version, string message, string hint)
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => RunAsync(version, "because"));

        Assert.Equal((message, hint, ExitCodes.Usage), (failure.Message, failure.Hint, failure.ExitCode));
        Assert.DoesNotContain("belay.repair", await Bench.TablesAsync());
    }

    private Task<Migration> RunAsync(long version, string reason, bool dryRun = false)
        => new RepairRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(
            new RepairRequest { Files = MigrationFolder.Read(Bench.Settings.Folder), Version = version, Reason = reason, DryRun = dryRun },
            Token);
}
