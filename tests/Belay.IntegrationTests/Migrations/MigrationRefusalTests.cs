using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Layouts;

namespace Belay.IntegrationTests.Migrations;

/// <summary>What stops a run before, or in spite of, its statements.</summary>
public sealed class MigrationRefusalTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Refuses_a_COMMIT_in_the_middle_before_any_file_runs()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        var path = Bench.Write(
            "0002_two_parts.sql", "BEGIN;\nCREATE TABLE a (id integer);\nCOMMIT;\n  BEGIN;\nCREATE TABLE b (id integer);\nCOMMIT;\n");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"1 fault in the migrations, nothing was run:\n{path}:4:3: a second transaction begins, after the one that line 3 has ended",
            failure.Message);
        Assert.Equal("split the file into a migration for each BEGIN … COMMIT: Belay runs a file in one transaction", failure.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Lets_no_COMMIT_through_that_only_the_server_s_settings_turn_into_one()
    {
        var path = Bench.Write("0001_hidden.sql", """
            CREATE TABLE before_it (id integer);
            SET standard_conforming_strings = off;
            SELECT 'a\''; COMMIT; SELECT 1 --'
            ;
            CREATE TABLE after_it (id integer);
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:3:1: ERROR: cannot insert multiple commands into a prepared statement (SQLSTATE 42601)\n  SELECT 'a\\''; COMMIT; "
                + "SELECT 1 --'\n  ^\nRolled back: database as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        var own = (await Bench.ProveAsync()).Backup;
        var other = own.Database with { Oid = own.Database.Oid + 1 };

        var failure = await Assert.ThrowsAsync<GateException>(() => Bench.RunAsync(MigrationBench.Prove(other, own.SnapshotUtc), Token));

        Assert.Equal(
            $"Backup 20251012T103000Z-aa does not stand behind {own.Database}: it is of another database: {other}. Nothing was changed.",
            failure.Message);
        Assert.Equal((ExitCodes.GateRefused, "./build.sh Backup takes a new one"), (failure.ExitCode, failure.Hint));
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_a_backup_from_before_the_last_migration()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        var proof = await Bench.ProveAsync();
        var applied = Assert.Single((await Bench.RunAsync(proof, Token)).Applied);
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);");

        var failure = await Assert.ThrowsAsync<GateException>(() => Bench.RunAsync(proof, Token));

        Assert.Equal(
            $"Backup 20251012T103000Z-aa does not stand behind {proof.Backup.Database}: its snapshot "
                + $"({Quantity.Utc(proof.Backup.SnapshotUtc)}) is not after the last migration ({Quantity.Utc(applied.AppliedUtc)}). "
                + "Nothing was changed.",
            failure.Message);
        Assert.Equal((ExitCodes.GateRefused, "./build.sh Backup takes a new one"), (failure.ExitCode, failure.Hint));
        Assert.Equal(["belay.migration", "belay.statement", "public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Stops_everything_when_an_applied_file_changed_and_another_comes_late()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders\n(id integer);\n");
        Bench.Write("0005_items.sql", "CREATE TABLE items (id integer);");
        var orders = (await Bench.RunAsync()).Applied[0];
        var changed = Bench.Write("0001_orders.sql", "CREATE TABLE orders\n(id bigint);\n-- wider\n");
        var late = Bench.Write("0003_late.sql", "CREATE TABLE late (id integer);");
        Bench.Write("0006_next.sql", "CREATE TABLE next (id integer);");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            "2 faults in the migrations, nothing was run:\n"
            + $"{changed} was changed after it was applied on {Quantity.Utc(orders.AppliedUtc)}: its SHA-256 is "
            + $"{MigrationFolder.Read(Bench.Settings.Folder)[0].Sha256}, applied was {orders.Sha256}\n"
            + "  - (id integer);\n  + (id bigint);\n  + -- wider\n"
            + $"{late} sorts before migration 5, which is applied already",
            failure.Message);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Equal(
            "put the applied text back and write a new migration for the change; if the change is right although another text ran, "
                + "./build.sh Repair --migration-version 1 --reason \"…\" accepts this one file; give it a number above 5, or run it late "
                + "on purpose with --allow-out-of-order",
            failure.Hint);
        Assert.Equal(["1", "5"], await Bench.AppliedAsync());
        Assert.DoesNotContain("public.next", await Bench.TablesAsync());
    }

    [Fact]
    public async Task Shows_twenty_changed_lines_at_most()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        await Bench.RunAsync();
        Bench.Write(
            "0001_orders.sql",
            string.Concat(Enumerable.Range(1, 30).Select(number => $"-- line {number}\n")) + "CREATE TABLE orders (id integer);\n");

        var lines = (await Bench.FailAsync()).Message.Split('\n');

        Assert.Equal(["  + -- line 19", "  + -- line 20", "  and 10 more changed lines"], lines[^3..]);
        Assert.Equal(23, lines.Length);
    }

    [Fact]
    public async Task Runs_a_late_file_when_that_is_allowed()
    {
        Bench.Write("0005_items.sql", "CREATE TABLE items (id integer);");
        await Bench.RunAsync();
        Bench.Write("0003_late.sql", "CREATE TABLE late (id integer);");
        Bench.Settings = Bench.Settings with { AllowOutOfOrder = true };

        await Bench.RunAsync();

        Assert.Equal(["3", "5"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Stops_at_the_target_version()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);");
        Bench.Settings = Bench.Settings with { TargetVersion = 1 };

        await Bench.RunAsync();

        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Takes_other_line_ends_for_the_same_text()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders\n(id integer);\n");
        await Bench.RunAsync();
        Bench.Write("0001_orders.sql", "CREATE TABLE orders\r\n(id integer);\r\n");

        Assert.Empty((await Bench.RunAsync()).Applied);
    }

    [Fact]
    public async Task A_role_that_may_not_read_the_history_learns_what_to_grant()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        await Bench.RunAsync();
        using var stranger = new MigrationBench(await Database.CreateRoleAsync(Token));
        stranger.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");

        var failure = await stranger.FailAsync();

        Assert.Equal("Cannot read the migration history belay.migration: permission denied for schema belay", failure.Message);
        Assert.Equal((ExitCodes.PreflightRefused, "42501"), (failure.ExitCode, failure.SqlState));
    }
}
