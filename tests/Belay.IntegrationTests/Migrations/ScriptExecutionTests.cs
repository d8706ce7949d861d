using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Whether the server gets each statement as the script has it.</summary>
public sealed class ScriptExecutionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Loads_the_data_of_COPY_FROM_stdin()
    {
        Bench.Write(
            "0001_copy.sql",
            "CREATE TABLE t (a int, b text);\nCOPY t FROM stdin;\n1\tone; two\n2\t\\N\n3\tb\\tc'\n\\.\nINSERT INTO t VALUES (4, "
                + "'after');\n");

        await Bench.RunAsync();

        Assert.Equal(["1 one; two", "2 ", "3 b\tc'", "4 after"], await Bench.QueryAsync("SELECT format('%s %s', a, b) FROM t ORDER BY a"));
    }

    [Fact]
    public async Task Applies_a_plain_dump_with_its_restrict_lines_settings_and_data()
    {
        await using var source = await Postgres.CreateDatabaseAsync(Token);
        await source.ExecuteAsync(
            "CREATE TABLE dumped (id int PRIMARY KEY, note text); INSERT INTO dumped VALUES (1, E'a;\\tb'), (2, NULL)", Token);
        var dump = await Psql.DumpAsync(source.Target, Token);
        Assert.SkipUnless(
            dump.Contains("\n\\restrict ", StringComparison.Ordinal), "This machine's pg_dump is older than the command \\restrict");
        Bench.Write("0001_dump.sql", dump);

        await Bench.RunAsync();

        Assert.Equal(["1 a;\tb", "2 "], await Bench.QueryAsync("SELECT format('%s %s', id, note) FROM dumped ORDER BY id"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Rolls_back_when_a_line_of_COPY_data_is_wrong()
    {
        var path = Bench.Write("0001_copy.sql", "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\nx\n\\.\n");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:2:1: ERROR: invalid input syntax for type integer: \"x\" (SQLSTATE 22P02)\n  COPY t FROM stdin;\n  ^\n"
            + "CONTEXT: COPY t, line 2, column a: \"x\"\nRolled back: database as before.",
            failure.Message);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Leaves_dollar_quotes_escapes_and_semicolons_inside_strings_alone()
    {
        Bench.Write("0001_strings.sql", """
            CREATE TABLE t (id int, a text);
            INSERT INTO t VALUES (1, $$it's; $1 @p :q$$), (2, $body$a $$ b; $body$), (3, E'it\'s;\n'), (4, 'c:\'), (5, 'a''; b'), (6, U&'\0041;');
            INSERT INTO t VALUES (7, $ä$ä; $ä$), (8, ';' /* ; /* ; */ ' */ || '!'), (9, '-- ;');
            """);

        await Bench.RunAsync();

        Assert.Equal(
            ["it's; $1 @p :q", "a $$ b; ", "it's;\n", "c:\\", "a'; b", "A;", "ä; ", ";!", "-- ;"],
            await Bench.QueryAsync("SELECT a FROM t ORDER BY id"));
    }

    [Fact]
    public async Task Sends_a_statement_whole_whose_strings_hold_semicolons_after_doubled_and_escaped_quotes()
    {
        Bench.Write("1_a.sql", """
            CREATE TABLE said (what text);
            INSERT INTO said VALUES (E'it''s \';'), ($→$a;$$b$→$), (U&'\0041;');
            DO $$ BEGIN PERFORM 1; UPDATE said SET what = what || E'\';'; END $$;
            CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $f$ SELECT 0; SELECT 1; $f$;
            COMMENT ON TABLE said IS E'it''s \';';
            """);

        await Bench.RunAsync();

        Assert.Equal(["it's ';';", "a;$$b';", "A;';"], await Bench.QueryAsync("SELECT what FROM said"));
        Assert.Equal(["1 it's ';"], await Bench.QueryAsync("SELECT one() || ' ' || obj_description('said'::regclass)"));
    }

    [Fact]
    public async Task Sends_a_function_body_between_BEGIN_ATOMIC_and_END_as_one_statement()
    {
        Bench.Write("0001_atomic.sql", """
            CREATE TABLE t (a int);
            CREATE FUNCTION add(x int) RETURNS bigint LANGUAGE sql
            BEGIN ATOMIC
                INSERT INTO t VALUES (CASE WHEN x > 0 THEN x ELSE -x END);
                SELECT count(*) FROM t;
            END;
            CREATE OR REPLACE PROCEDURE clear() LANGUAGE sql BEGIN ATOMIC DELETE FROM t; DELETE FROM t; END;
            SELECT add(-3), add(4);
            """);

        await Bench.RunAsync();

        Assert.Equal(["3", "4"], await Bench.QueryAsync("SELECT a FROM t ORDER BY a"));
        await Database.ExecuteAsync("CALL clear()", Token);
        Assert.Equal(["0"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Sends_a_rule_of_several_commands_as_one_statement()
    {
        Bench.Write("0001_rule.sql", """
            CREATE TABLE t (a int); CREATE TABLE log (a int);
            CREATE RULE doubled AS ON INSERT TO t DO ALSO (INSERT INTO log VALUES (new.a); INSERT INTO log VALUES (-new.a));
            INSERT INTO t VALUES (1);
            """);

        await Bench.RunAsync();

        Assert.Equal(["-1", "1"], await Bench.QueryAsync("SELECT a FROM log ORDER BY a"));
    }

    [Fact]
    public async Task Uses_operators_that_look_like_parameters_as_they_are()
    {
        Bench.Write("0001_operators.sql", """
            CREATE TABLE t (a jsonb, b int[]);
            INSERT INTO t VALUES ('{"k": 1}', '{1,2}');
            CREATE VIEW v AS SELECT a ? 'k' AS has, a @> '{"k": 1}' AS contains, b @> '{1}' AND b[1:2] = '{1,2}' AS slice, @ -5 AS absolute FROM t;
            """);

        await Bench.RunAsync();

        Assert.Equal(["t t t 5"], await Bench.QueryAsync("SELECT format('%s %s %s %s', has, contains, slice, absolute) FROM v"));
    }

    [Fact]
    public async Task Begins_with_the_modes_of_the_script_s_own_BEGIN()
    {
        Bench.Write("0001_modes.sql", """
            BEGIN ISOLATION LEVEL SERIALIZABLE;
            CREATE TABLE t AS SELECT current_setting('transaction_isolation') AS level;
            COMMIT;
            """);

        await Bench.RunAsync();

        Assert.Equal(["serializable"], await Bench.QueryAsync("SELECT level FROM t"));
    }

    [Fact]
    public async Task Lets_a_script_set_its_transaction_s_modes_after_BEGIN()
    {
        Bench.Write("0001_modes.sql", """
            BEGIN;
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
            CREATE TABLE t AS SELECT current_setting('transaction_isolation') AS level;
            COMMIT;
            """);

        await Bench.RunAsync();

        Assert.Equal(["repeatable read"], await Bench.QueryAsync("SELECT level FROM t"));
    }

    [Fact]
    public async Task Asks_checks_and_writes_the_history_in_UTF8_whatever_encoding_the_script_has_set()
    {
        Bench.Write("0001_été.sql", "SET client_encoding = 'LATIN1';\nCREATE TABLE t AS SELECT chr(233) AS sign;");
        Bench.Write("0001_été.verify.sql", "-- check: é\n-- expect:\n--   é\nSELECT sign FROM t WHERE sign = 'é';");

        await Bench.RunAsync();

        Assert.Equal(["été"], await Bench.QueryAsync("SELECT name FROM belay.migration"));
    }

    [Fact]
    public async Task Warns_of_settings_left_behind_and_lets_none_reach_the_next_file()
    {
        Bench.Write("0001_leaves.sql", "SET search_path = pg_catalog; SET LOCAL row_security = off; CREATE TABLE public.t (a int);");
        Bench.Write("0002_after.sql", "CREATE TABLE after_it AS SELECT current_setting('search_path') AS path;");

        await Bench.RunAsync();

        Assert.Equal(
            [
                "0001_leaves.sql left session settings behind (use SET LOCAL): search_path is 'pg_catalog', was '\"$user\", public'. They "
                    + "end with its session.",
            ],
            Bench.Output.Warnings);
        Assert.Equal(["\"$user\", public"], await Bench.QueryAsync("SELECT path FROM public.after_it"));
    }
}
