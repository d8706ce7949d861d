using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Versions;

/// <summary>Statements that no transaction may contain, on the oldest to the newest server version.</summary>
public sealed class OutsideTransactionTests(VersionsFixture versions, PostgresFixture machine)
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Table =
        "CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE t (id integer PRIMARY KEY, a integer, m mood); INSERT INTO t SELECT i, i / 2 "
            + "FROM generate_series(1, 5) i";

    private const string Parted =
        "CREATE TABLE parted (id integer) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (10)";

    private const string Indexes =
        "SELECT format('%s %s', indexrelid::regclass, indisvalid) FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1";

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Runs_and_journals_each_kind_of_statement(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Table);
        one.Bench.Write("1_a.sql", Head + """
            ALTER TYPE mood ADD VALUE 'wild';
            UPDATE t SET m = 'wild';
            CREATE INDEX CONCURRENTLY t_a ON t (a);
            CREATE INDEX CONCURRENTLY t_m ON t (m);
            REINDEX INDEX CONCURRENTLY t_a;
            REINDEX TABLE CONCURRENTLY t;
            DROP INDEX CONCURRENTLY t_m;
            VACUUM (ANALYZE) t;
            """);

        await one.Bench.RunAsync();

        Assert.Equal(["t_a t", "t_pkey t"], await one.Bench.QueryAsync(Indexes));
        Assert.Equal(["wild"], await one.Bench.QueryAsync("SELECT DISTINCT m FROM t"));
        Assert.Equal(
            [
                "1 ALTER TYPE 00000", "2 UPDATE T 00000", "3 CREATE INDEX CONCURRENTLY 00000", "4 CREATE INDEX CONCURRENTLY 00000",
                "5 REINDEX CONCURRENTLY 00000", "6 REINDEX CONCURRENTLY 00000", "7 DROP INDEX CONCURRENTLY 00000", "8 VACUUM 00000",
            ],
            await one.Bench.QueryAsync(
                "SELECT format('%s %s %s', position, first_words, sqlstate) FROM belay.statement ORDER BY position"));
        Assert.Equal(["1"], await one.Bench.AppliedAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Drops_the_invalid_index_of_a_failed_build_and_goes_on_after_what_ran(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Table);
        var path = one.Bench.Write("1_a.sql", Head + "INSERT INTO t VALUES (6, 6);\nCREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);\n");

        var failure = await one.Bench.FailAsync();

        Assert.Equal(
            $"{path}:3:1: ERROR: could not create unique index \"t_a\" (SQLSTATE 23505)\n  CREATE UNIQUE INDEX CONCURRENTLY t_a ON t "
                + "(a);\n  ^\n"
            + "DETAIL: Key (a)=(1) is duplicated.\n"
            + "Stopped part-way, outside a transaction: 1 of 2 statements ran.\n  line 2: INSERT INTO ran\n  line 3: CREATE INDEX "
            + "CONCURRENTLY failed",
            failure.Message);
        Assert.Contains("Dropped the invalid index public.t_a, which a failed attempt had left", one.Bench.Output.Lines);

        await one.Database.ExecuteAsync("UPDATE t SET a = id", Token);
        await one.Bench.RunAsync();

        Assert.Contains("1_a.sql: 1 of 2 statements ran before; journal and catalogue agree", one.Bench.Output.Lines);
        Assert.Equal(["t_a t", "t_pkey t"], await one.Bench.QueryAsync(Indexes));
        Assert.Equal(["6"], await one.Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Detaches_a_partition_concurrently_where_the_server_can_and_refuses_the_file_where_it_cannot(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Parted);
        var path = one.Bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\n");
        if (major >= 14)
        {
            await one.Bench.RunAsync();
            Assert.Equal(["0"], await one.Bench.QueryAsync("SELECT count(*) FROM pg_inherits"));
            return;
        }

        var failure = await one.Bench.FailAsync();

        Assert.Equal(
            $"1 fault in the migrations, nothing was run:\n{path}:2:1: DETACH PARTITION CONCURRENTLY needs PostgreSQL 14; the server is "
                + $"version {major}",
            failure.Message);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Equal("upgrade the server, or write the migration without CONCURRENTLY", failure.Hint);
        Assert.Equal(["public.part", "public.parted"], await one.Bench.TablesAsync());
    }

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Adds_an_enum_s_value_in_a_transaction_and_says_why_it_cannot_be_used_there(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Table);
        one.Bench.Write("1_a.sql", "ALTER TYPE mood ADD VALUE 'wild';\n");
        await one.Bench.RunAsync();
        var path = one.Bench.Write("2_b.sql", "ALTER TYPE mood ADD VALUE 'mad';\nUPDATE t SET m = 'mad';\n");

        var failure = await one.Bench.FailAsync();

        Assert.Equal(
            $"{path}:2:18: ERROR: unsafe use of new value \"mad\" of enum type mood (SQLSTATE 55P04)\n  UPDATE t SET m = 'mad';\n         "
                + "          ^\n"
            + "HINT: New enum values must be committed before they can be used.\nRolled back: database as before.",
            failure.Message);
        Assert.Equal(["calm", "wild"], await one.Bench.QueryAsync("SELECT unnest(enum_range(NULL::mood))"));
    }
}
