using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Risks;

namespace Belay.IntegrationTests.Risks;

/// <summary>What each rule sees and what it passes over, on a table of 40 KiB and one of 8 KiB, where 16 KiB are a risk.</summary>
public sealed class RiskRuleTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    internal const string Tables = """"
        CREATE TABLE item (id int, note text);
        INSERT INTO item SELECT n, CASE WHEN n <= 990 THEN 'x' END FROM generate_series(1, 1000) n;
        CREATE TABLE small (id int, note text);
        INSERT INTO small SELECT n, 'x' FROM generate_series(1, 20) n;
        CREATE SCHEMA "My Shop";
        CREATE TABLE "My Shop"."Größe" (id int, "It's ""x""" int, twice int GENERATED ALWAYS AS (id * 2) STORED);
        INSERT INTO "My Shop"."Größe" VALUES (1, NULL), (2, 2);
        CREATE TABLE part (id int, note text) PARTITION BY RANGE (id);
        CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (400);
        CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (400) TO (9999);
        INSERT INTO part SELECT id, note FROM item;
        CREATE TABLE empty (id int, note text);
        CREATE VIEW item_view AS SELECT id FROM item;
        CREATE MATERIALIZED VIEW item_copy AS SELECT id FROM item;
        CREATE TYPE mood AS ENUM ('calm');
        ANALYZE;
        """";

    private const string Item = "(public.item: 40.0 KiB, about 1000 rows)";
    private const string Small = "(public.small: 8.0 KiB, about 20 rows)";

    protected override Task PrepareAsync() => Database.ExecuteAsync(Tables, Token);

    [Theory]
    [InlineData("DROP TABLE small", $"drop-table: public.small goes with 20 rows {Small}")]
    [InlineData("DROP TABLE empty")]
    [InlineData("DROP MATERIALIZED VIEW item_copy; DROP VIEW item_view")]
    [InlineData("DROP TABLE part", "drop-table: public.part goes with 1000 rows (public.part: 40.0 KiB, about 1000 rows)")]
    [InlineData("DROP TABLE part_1", "drop-table: public.part_1 goes with 399 rows (public.part_1: 16.0 KiB, about 399 rows)")]
    [InlineData("CREATE TABLE made AS SELECT * FROM item; DROP TABLE made")]
    [InlineData(
        "DROP SCHEMA \"My Shop\" CASCADE",
        "drop-table: \"My Shop\".\"Größe\" goes with 2 rows (\"My Shop\".\"Größe\": 8.0 KiB, about 2 rows)",
        "drop-cascade: drop cascades to table \"My Shop\".\"Größe\"")]
    [InlineData("DROP TABLE empty CASCADE")]
    public Task A_dropped_table_is_a_risk_when_it_has_rows(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Theory]
    [InlineData("ALTER TABLE small DROP note", $"drop-column: public.small.note goes with 20 values {Small}")]
    [InlineData("ALTER TABLE empty DROP note")]
    [InlineData("ALTER TABLE item ADD extra int; ALTER TABLE item DROP extra")]
    [InlineData("ALTER TABLE \"My Shop\".\"Größe\" DROP twice")]
    [InlineData(
        "ALTER TABLE \"My Shop\".\"Größe\" DROP \"It's \"\"x\"\"\"",
        "drop-column: \"My Shop\".\"Größe\".It's \"x\" goes with 1 value (\"My Shop\".\"Größe\": 8.0 KiB, about 2 rows)")]
    [InlineData(
        "ALTER TABLE part DROP note",
        "drop-column: public.part.note goes with 990 values (public.part: 40.0 KiB, about 1000 rows)")]
    [InlineData(
        "DO 'BEGIN EXECUTE ''ALTER TABLE small '' || ''DROP note''; END'",
        $"drop-column: public.small.note goes with 20 values {Small}")]
    public Task A_dropped_column_is_a_risk_when_it_has_values_that_are_its_own(string sql, params string[] expected)
        => AssertAsync(sql, expected);

    [Theory]
    [InlineData("TRUNCATE small", $"truncate: public.small is emptied with 20 rows {Small}")]
    [InlineData("TRUNCATE empty")]
    [InlineData("DELETE FROM small", $"delete-rows: 20 rows of public.small are deleted, and none stays {Small}")]
    [InlineData(
        "DELETE FROM small WHERE id IN (SELECT id FROM small)",
        $"delete-rows: 20 rows of public.small are deleted, and none stays {Small}")]
    [InlineData(
        "CREATE INDEX ON small (id); SET enable_seqscan = off; DELETE FROM small WHERE id > 0",
        $"delete-rows: 20 rows of public.small are deleted, and none stays {Small}")]
    [InlineData(
        "DELETE FROM small WHERE id <= 15; DELETE FROM small WHERE id > 15",
        $"delete-rows: 5 rows of public.small are deleted, and none stays {Small}")]
    [InlineData(
        "DELETE FROM small WHERE id <> ALL (SELECT id FROM small WHERE id = 3)")]
    [InlineData("INSERT INTO small SELECT n FROM generate_series(100, 199) n; DELETE FROM small WHERE id >= 100")]
    [InlineData("DELETE FROM small WHERE id = 3")]
    [InlineData("DELETE FROM item WHERE id > 500", $"delete-rows: 500 rows of public.item are deleted {Item}")]
    [InlineData("UPDATE item SET note = 'y'", $"update-rows: 1000 rows of public.item are updated {Item}")]
    [InlineData("UPDATE item SET note = 'y' WHERE id = 3")]
    [InlineData("UPDATE small SET note = 'y'")]
    [InlineData("CREATE TABLE made AS SELECT * FROM item; UPDATE made SET note = 'y'; DELETE FROM made")]
    public Task Rows_that_go_or_change_are_a_risk_when_they_are_all_or_many(string sql, params string[] expected)
        => AssertAsync(sql, expected);

    [Theory]
    [InlineData("DROP VIEW item_view CASCADE")]
    [InlineData("SET client_min_messages = notice; DROP VIEW item_view CASCADE")]
    [InlineData(
        "SET client_min_messages = warning; DROP VIEW item_view CASCADE",
        "drop-cascade: the server does not tell what goes along, since client_min_messages is above notice")]
    [InlineData(
        "SET client_min_messages = warning; CREATE VIEW above AS SELECT id FROM empty; ALTER TABLE empty DROP id CASCADE",
        "drop-cascade: the server does not tell what goes along, since client_min_messages is above notice")]
    [InlineData("SET client_min_messages = warning; ALTER TABLE empty ADD \"CASCADE\" int; ALTER TABLE empty DROP \"CASCADE\"")]
    [InlineData("CREATE VIEW above AS SELECT * FROM item_view; DROP VIEW item_view CASCADE", "drop-cascade: drop cascades to view above")]
    [InlineData(
        "CREATE VIEW a1 AS SELECT * FROM item_view; CREATE VIEW a2 AS SELECT * FROM item_view; DROP VIEW item_view CASCADE",
        "drop-cascade: drop cascades to view a1; drop cascades to view a2")]
    public Task What_goes_along_is_a_risk(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Theory]
    [InlineData(
        "DROP VIEW item_view; DROP MATERIALIZED VIEW item_copy; ALTER TABLE item ALTER id TYPE bigint",
        $"change-type: public.item is written anew for id {Item}")]
    [InlineData("ALTER TABLE small ALTER id TYPE bigint")]
    [InlineData("ALTER TABLE item ALTER note TYPE varchar")]
    [InlineData(
        "ALTER TABLE item ADD at timestamptz DEFAULT clock_timestamp()",
        $"volatile-default: public.item is written anew for at {Item}")]
    [InlineData("ALTER TABLE item ADD at timestamptz DEFAULT now()")]
    [InlineData("ALTER TABLE item ADD n int NOT NULL DEFAULT 3")]
    [InlineData("ALTER TABLE item ADD n int GENERATED ALWAYS AS IDENTITY", $"volatile-default: public.item is written anew for n {Item}")]
    [InlineData("ALTER TABLE item SET UNLOGGED", $"rewrite-table: public.item is written anew {Item}")]
    [InlineData(
        "ALTER TABLE part ALTER note TYPE int USING length(note)",
        "change-type: public.part_2 is written anew for note (public.part_2: 24.0 KiB, about 601 rows); "
            + "public.part_1 is written anew for note (public.part_1: 16.0 KiB, about 399 rows)")]
    public Task A_table_written_anew_is_a_risk_when_it_is_large(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Theory]
    [InlineData("CREATE INDEX i ON item (id)", $"create-index: i on public.item is built while writers wait {Item}")]
    [InlineData("CREATE INDEX i ON small (id)")]
    [InlineData("CREATE TABLE made AS SELECT * FROM item; CREATE INDEX i ON made (id)")]
    [InlineData("ALTER TABLE item ADD UNIQUE (id)", $"create-index: item_id_key on public.item is built while writers wait {Item}")]
    [InlineData(
        "CREATE INDEX i ON part (id)",
        "create-index: part_2_id_idx on public.part_2 is built while writers wait (public.part_2: 24.0 KiB, about 601 rows); "
            + "part_1_id_idx on public.part_1 is built while writers wait (public.part_1: 16.0 KiB, about 399 rows)")]
    [InlineData("CREATE INDEX i ON ONLY part (id)")]
    public Task An_index_is_a_risk_when_the_table_is_large(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Theory]
    [InlineData("ALTER TABLE item ALTER id SET NOT NULL", $"set-not-null: public.item is read through for NOT NULL of id {Item}")]
    [InlineData("ALTER TABLE small ALTER id SET NOT NULL")]
    [InlineData("ALTER TABLE item ADD CHECK (id > 0)", $"add-check: public.item is read through for CHECK item_id_check {Item}")]
    [InlineData("ALTER TABLE small ADD CHECK (id > 0)")]
    [InlineData("ALTER TABLE item ADD CHECK (id > 0) NOT VALID")]
    [InlineData(
        "ALTER TABLE small ADD PRIMARY KEY (id); ALTER TABLE item ADD FOREIGN KEY (id) REFERENCES small NOT VALID")]
    [InlineData(
        "DELETE FROM item WHERE id > 20; ALTER TABLE small ADD PRIMARY KEY (id); ALTER TABLE item ADD FOREIGN KEY (id) REFERENCES small",
        $"delete-rows: 980 rows of public.item are deleted {Item}",
        $"add-foreign-key: public.item is read through for FOREIGN KEY item_id_fkey {Item}")]
    [InlineData(
        "ALTER TABLE item ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE item VALIDATE CONSTRAINT c",
        $"lock-and-work: public.item stays locked while 40.0 KiB are gone through, most of them at line 1 ALTER TABLE {Item}",
        $"add-check: public.item is read through for CHECK c {Item}")]
    public Task A_constraint_that_is_held_against_a_large_table_at_once_is_a_risk(string sql, params string[] expected)
        => AssertAsync(sql, expected);

    [Theory]
    [InlineData(
        "ALTER TABLE small ADD n int; SELECT count(*) FROM item",
        "lock-and-work: public.small stays locked while 40.0 KiB are gone through, most of them at line 1 SELECT COUNT " + Small)]
    [InlineData("SELECT count(*) FROM item; ALTER TABLE small ADD n int")]
    [InlineData("ALTER TABLE small ADD n int; SELECT count(*) FROM small")]
    public Task A_lock_that_is_held_over_other_work_is_a_risk(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Theory]
    [InlineData("ALTER TABLE small RENAME TO little", $"rename: public.small is public.little afterwards {Small}")]
    [InlineData("ALTER TABLE small RENAME TO little; CREATE VIEW small AS SELECT * FROM little")]
    [InlineData("ALTER TABLE small SET SCHEMA \"My Shop\"", $"rename: public.small is \"My Shop\".small afterwards {Small}")]
    [InlineData("ALTER TABLE empty RENAME TO little")]
    [InlineData("CREATE TABLE made AS SELECT * FROM item; ALTER TABLE made RENAME TO other; ALTER TABLE other RENAME id TO n")]
    [InlineData("ALTER TABLE small RENAME note TO remark", $"rename: public.small.note is remark afterwards {Small}")]
    [InlineData("ALTER TABLE small RENAME note TO remark; ALTER TABLE small ADD note text")]
    [InlineData(
        "ALTER TABLE part RENAME note TO remark",
        "rename: public.part.note is remark afterwards (public.part: 40.0 KiB, about 1000 rows)")]
    [InlineData(
        "ALTER VIEW item_view RENAME TO other",
        "rename: public.item_view is public.other afterwards (public.item_view: 0 B, about 0 rows)")]
    public Task Another_name_is_a_risk_for_what_has_rows(string sql, params string[] expected) => AssertAsync(sql, expected);

    [Fact]
    public async Task What_each_file_does_to_a_table_is_seen_although_an_earlier_one_has_locked_it()
    {
        Bench.Write("1_a.sql", "ALTER TABLE item ADD CONSTRAINT c CHECK (id > 0) NOT VALID;");
        Bench.Write("2_b.sql", "ALTER TABLE item VALIDATE CONSTRAINT c;");
        Bench.Write("3_c.sql", "ALTER TABLE item ADD n int;\nUPDATE item SET n = 1;");
        Bench.Write("4_d.sql", "ALTER TABLE item RENAME note TO remark;");
        Bench.Write("5_e.sql", "ALTER TABLE item DROP remark;");

        Assert.Equal(
            [
                "3_c.sql:1 ALTER TABLE: lock-and-work: public.item stays locked while 40.0 KiB are gone through, most of them at line 2 "
                    + $"UPDATE ITEM {Item}",
                $"3_c.sql:2 UPDATE ITEM: update-rows: 1000 rows of public.item are updated {Item}",
                $"4_d.sql:1 ALTER TABLE: rename: public.item.note is remark afterwards {Item}",
                $"5_e.sql:1 ALTER TABLE: drop-column: public.item.note goes with 990 values {Item}",
            ],
            (await FindAsync()).Risks.Select(risk => $"{risk.Place}: {risk.Rule}: {risk.What}"));
    }

    [Fact]
    public async Task What_could_not_be_tried_is_a_risk_of_its_own_and_not_none()
    {
        Bench.Write("1_a.sql", "ALTER TYPE mood ADD VALUE 'glad';");
        Bench.Write("2_b.sql", "CREATE TABLE moods (mood mood);\nINSERT INTO moods VALUES ('glad');");
        Bench.Write("3_c.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY i ON item (id);");
        Bench.Write(
            "4_d.sql",
            "-- belay: no-transaction\n-- belay: accept not-tried because nobody works then\nUPDATE item SET note = '';\nSELECT 1;");
        Bench.Write("5_e.sql", "-- belay: accept drop-table because x\nDROP TABLE empty;");

        var report = await FindAsync();

        Assert.Equal(
            [
                "2_b.sql:2 INSERT INTO: enum-value-at-once: it uses an enum value that an earlier pending file adds. "
                    + "Safer: the value in one release, its use in the next",
                "4_d.sql: not-tried: it runs outside a transaction, from line 3 UPDATE ITEM on, with 1 more statement that may be a risk. "
                    + "Accepted because nobody works then",
                "5_e.sql: not-tried: it is not tried, since it comes after 2_b.sql. "
                    + "Safer: ./build.sh Rehearse shows on a copy what it does",
            ],
            report.Lines);
        Assert.Equal("3 risks found, 1 accepted", report.Summary);
    }

    [Fact]
    public async Task A_table_that_others_use_says_so()
    {
        await using var reader = await Database.HoldAsync("SET application_name = 'shop'; SELECT * FROM item LIMIT 1", Token);
        Bench.Write("1_a.sql", "CREATE INDEX i ON item (id);");

        Assert.Equal(
            "i on public.item is built while writers wait (public.item: 40.0 KiB, about 1000 rows, 1 session uses it now)",
            Assert.Single((await FindAsync()).Risks).What);
    }

    [Theory]
    [InlineData("DROP TABLE small;", "public.small goes, its rows not counted: ")]
    [InlineData("DELETE FROM small WHERE id = 3;", "1 row of public.small is deleted, and whether one stays was not seen: ")]
    public async Task What_may_not_be_counted_is_a_risk_too(string sql, string expected)
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"""
            GRANT CREATE ON SCHEMA public TO "{role.Username}"; ALTER TABLE small OWNER TO "{role.Username}";
            CREATE POLICY one ON small USING (id = 3);
            ALTER TABLE small ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; GRANT SELECT ON item TO "{role.Username}"
            """,
            Token);
        Bench.Write("1_a.sql", sql);

        var risk = Assert.Single((await FindAsync(new(role))).Risks);

        Assert.Equal($"{expected}query would be affected by row-level security policy for table \"small\" {Small}", risk.What);
    }

    [Fact]
    public async Task Files_of_which_the_server_counts_no_rows_are_a_risk_of_their_own()
    {
        await Database.ExecuteAsync($"ALTER DATABASE \"{Database.Target.Database}\" SET track_counts = off", Token);
        Bench.Write("1_a.sql", "DELETE FROM small;");

        Assert.Equal(
            "1_a.sql: not-tried: it runs where the server counts no rows that are read, updated or deleted (track_counts is off). "
                + "Safer: ./build.sh Rehearse shows on a copy what it does",
            Assert.Single((await FindAsync()).Lines));
    }

    internal static async Task<RiskReport> FindAsync(DatabaseConnector connector, MigrationBench bench)
        => (await new RiskTrial(connector, bench.Settings, bench.Output, TimeProvider.System) { Risks = new() { Size = 16 * 1024 } }
            .RunAsync(MigrationFolder.Read(bench.Settings.Folder, bench.Settings.Layout), Token)).Risks!;

    private Task<RiskReport> FindAsync(DatabaseConnector? connector = null) => FindAsync(connector ?? Database.Connector, Bench);

    private async Task AssertAsync(string sql, string[] expected)
    {
        Bench.Write("1_a.sql", sql);
        Assert.Equal(expected, (await FindAsync()).Risks.Select(risk => $"{risk.Rule}: {risk.What}"));
        Assert.Equal(1000L, await Database.ScalarAsync("SELECT count(*) FROM item", Token));
    }
}
