using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Recovery;
using Belay.Verification;

namespace Belay.IntegrationTests.Versions;

/// <summary>The core of the migration suite on the oldest to the newest server version.</summary>
public sealed class MigrationCoreTests(VersionsFixture versions, PostgresFixture machine)
{
    private const string UserTable =
        """CREATE TABLE "user" (id serial PRIMARY KEY, username varchar(80) UNIQUE NOT NULL, password_hash varchar(200)); INSERT INTO "user" (username) VALUES ('testuser')""";
    private const string Columns =
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'user' AND table_schema = 'public' ORDER BY 1";

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Applies_the_guide_s_script_with_all_its_notices_verifies_it_and_rolls_it_back(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, UserTable);
        one.Bench.WriteGuide();
        var files = MigrationFolder.Read(one.Bench.Settings.Folder);

        await one.Bench.RunAsync();

        Assert.Equal(
            [
                "NOTICE:  Added column: clear_previous_anomalies",
                "NOTICE:  Added column: show_clear_warning",
                "NOTICE:  Added column: max_reports",
                "NOTICE:  Added column: max_templates",
                "NOTICE:  ================================================",
                "NOTICE:  Migration verification: 4 out of 4 columns exist",
                "NOTICE:  ================================================",
                "NOTICE:  SUCCESS: All 4 columns have been added successfully!",
            ],
            one.Bench.Output.Lines.SkipLast(1));
        Assert.Equal([$"1 add_user_analysis_preferences {files[0].Sha256} t"], await one.Bench.QueryAsync(
            "SELECT format('%s %s %s %s', version, name, sha256, encode(sha256(convert_to(script, 'UTF8')), 'hex') = sha256) FROM "
                + "belay.migration"));
        (await new VerifyRunner(one.Database.Connector).RunAsync(files, Token)).EnsurePassed();
        Assert.Equal((0, 1), ((await one.Bench.RunAsync()).Applied.Count, (await one.Bench.RunAsync()).AlreadyApplied));

        var rollback = new RollbackRunner(one.Database.Connector, one.Bench.Settings, one.Bench.Output, TimeProvider.System);
        await rollback.RunAsync(await one.Bench.ProveAsync(), await one.Bench.PreviewRollbackAsync(), Token);

        Assert.Equal(["id", "password_hash", "username"], await one.Bench.QueryAsync(Columns));
        Assert.Empty(await one.Bench.AppliedAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Hands_a_session_on_to_the_next_file(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine);
        one.Bench.Write("0001_first.sql", "CREATE TABLE first AS SELECT pg_backend_pid() AS pid;");
        one.Bench.Write("0002_last.sql", "CREATE TABLE last AS SELECT pg_backend_pid() AS pid;");

        await one.Bench.RunAsync();

        Assert.Equal(["true"], await one.Bench.QueryAsync("SELECT (f.pid = l.pid)::text FROM first f, last l"));
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Rolls_a_failing_script_back_and_names_its_place(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine);
        var path = one.Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\nINSERT INTO orders VALUES (1), (2 / 0);\n");

        var failure = await one.Bench.FailAsync();

        Assert.Equal(
            $"{path}:2:1: ERROR: division by zero (SQLSTATE 22012)\n  INSERT INTO orders VALUES (1), (2 / 0);\n  ^\nRolled back: database "
                + "as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Empty(await one.Bench.TablesAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Rolls_back_when_a_check_fails(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine);
        one.Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        one.Bench.Write("0001_orders.verify.sql", "-- check: an order is there\n-- expect:\n--   1\nSELECT count(*) FROM orders;\n");

        var failure = await one.Bench.FailAsync();

        Assert.Equal(
            "0001_orders.sql ran, but its checks failed:\nFAILED an order is there (0001_orders.verify.sql:4)\n  row 1, count: expected "
                + "1, got 0\n"
            + "+-------+\n| count |\n|-------|\n| 0     |\n+-------+\n\nVERIFICATION FAILED: 1 of 1 check\nRolled back: database as "
            + "before.",
            failure.Message);
        Assert.Empty(await one.Bench.TablesAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Waits_for_its_locks_and_says_for_whom(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, "CREATE TABLE orders (id integer)");
        one.Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;\n");
        var blocker = await one.Database.HoldAsync("SELECT FROM orders", Token);

        var run = one.Bench.RunAsync();
        await one.Bench.OutputAsync(
            $"0001_note.sql:1 waits for a lock held by pid {blocker.ProcessID} (belay test, idle in transaction, for ");
        await one.Bench.OutputAsync("0001_note.sql did not get its locks (attempt 1); the next attempt is in ");
        await blocker.DisposeAsync();

        Assert.Equal("note", Assert.Single((await run).Applied).Name);
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Lets_one_of_two_runners_migrate(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, "CREATE TABLE orders (id integer)");
        one.Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;\nSELECT pg_sleep(1);\n");
        using var other = new Migrations.MigrationBench(one.Database.Target, one.Bench.Settings);

        var outcomes = await Task.WhenAll(one.Bench.RunAsync(), other.RunAsync());

        Assert.Equal([0, 1], outcomes.Select(outcome => outcome.Applied.Count).Order());
        Assert.Equal(["1"], await one.Bench.AppliedAsync());
    }
}
