using Belay.Preflight;

namespace Belay.Tests.Preflight;

public sealed class ScriptTablesTests
{
    [Theory]
    [InlineData("ALTER TABLE \"user\" ADD COLUMN a int;", "user")]
    [InlineData("alter table only Shop.Orders add a int", "shop.orders")]
    [InlineData("ALTER TABLE \"Shop\".\"My \"\"Orders\"\"\" ADD a int", "Shop.My \"Orders\"")]
    [InlineData("CREATE INDEX ON t (a)", "t")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t (a)", "s.t")]
    [InlineData("BEGIN; SELECT 1; ALTER TABLE a ADD x int; ALTER TABLE b ADD x int; COMMIT;", "a b")]
    [InlineData("DO $$ BEGIN ALTER TABLE \"user\" ADD COLUMN a int; END $$;", "user")]
    [InlineData("DO $body$ BEGIN IF true THEN ALTER TABLE t ADD a int; END IF; END $body$ LANGUAGE plpgsql;", "t")]
    [InlineData("ALTER TABLE IF EXISTS t ADD a int", "")]
    [InlineData("SELECT 'ALTER TABLE t ADD a int'; -- ALTER TABLE u", "")]
    [InlineData("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t ADD a int; END $$;", "")]
    [InlineData("DO 'BEGIN NULL; END'", "")]
    [InlineData("ALTER TABLE", "")]
    public void Finds_the_tables_that_must_exist(string script, string expected)
        => Assert.Equal(expected, string.Join(' ', ScriptTables.Read(script).Altered.Select(table => table.DisplayName)));

    [Theory]
    [InlineData("CREATE TABLE IF NOT EXISTS s.t (a int)", "t")]
    [InlineData("CREATE UNLOGGED TABLE t (a int)", "t")]
    [InlineData("CREATE TEMP TABLE t AS SELECT 1", "t")]
    [InlineData("CREATE OR REPLACE VIEW v AS SELECT 1", "v")]
    [InlineData("CREATE MATERIALIZED VIEW v AS SELECT 1", "v")]
    [InlineData("ALTER TABLE a RENAME TO b", "b")]
    [InlineData("ALTER TABLE a RENAME COLUMN x TO y", "")]
    [InlineData("CREATE ROLE r", "")]
    public void Finds_the_relations_that_it_makes(string script, string expected)
        => Assert.Equal(expected, string.Join(' ', ScriptTables.Read(script).Created));

    [Fact]
    public void Tells_the_line_of_each_table()
        => Assert.Equal(
            [2, 5],
            ScriptTables.Read("-- head\nALTER TABLE a ADD x int;\nDO $$\nBEGIN\n  ALTER TABLE b ADD x int;\nEND $$;").Altered.Select(
                table => table.Line));

    [Theory]
    [InlineData("DO $$ BEGIN IF to_regclass('t') IS NOT NULL THEN ALTER TABLE t ADD a int; END IF; END $$")]
    [InlineData("DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.tables) THEN ALTER TABLE t ADD a int; END IF; END $$")]
    [InlineData("DO $$ BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN undefined_table THEN NULL; END $$")]
    public void Sees_that_a_missing_table_may_be_meant(string script)
        => Assert.True(Assert.Single(ScriptTables.Read(script).Altered).Guarded);

    [Theory]
    [InlineData("SET search_path = app;", "SET SEARCH_PATH")]
    [InlineData("SET LOCAL search_path TO app, public;", "SET SEARCH_PATH")]
    [InlineData("SET SESSION \"search_path\" = app;", "SET a setting")]
    [InlineData("SET SCHEMA 'app';", "SET SCHEMA")]
    [InlineData("RESET ALL;", "RESET ALL")]
    [InlineData("DISCARD ALL;", "DISCARD ALL")]
    [InlineData("SELECT pg_catalog.set_config('search_path', '', false);", "SELECT with set_config()")]
    [InlineData("SET ROLE owner;", "SET ROLE")]
    [InlineData("SET LOCAL ROLE owner;", "SET ROLE")]
    [InlineData("SET SESSION AUTHORIZATION owner;", "SET SESSION AUTHORIZATION")]
    [InlineData("SELECT make_table('t');", "SELECT with make_table()")]
    [InlineData("SELECT \"Make\"('t');", "SELECT with Make()")]
    [InlineData("WITH x AS (SELECT make()) SELECT 1;", "WITH")]
    [InlineData("CREATE TABLE x AS SELECT make();", "CREATE with make()")]
    [InlineData("CREATE MATERIALIZED VIEW x AS SELECT make();", "CREATE with make()")]
    [InlineData("CALL make();", "CALL")]
    [InlineData("EXECUTE make;", "EXECUTE")]
    [InlineData("EXPLAIN ANALYZE SELECT make();", "EXPLAIN")]
    [InlineData("INSERT INTO u VALUES (1);", "INSERT")]
    [InlineData("COPY u FROM '/x';", "COPY")]
    [InlineData("DO $$ BEGIN EXECUTE 'CREATE TABLE t ()'; END $$;", "DO with EXECUTE")]
    [InlineData("DO $$ BEGIN PERFORM make(); END $$;", "DO with PERFORM")]
    [InlineData("DO $$ DECLARE x int := make(); BEGIN END $$;", "DO with make()")]
    [InlineData("DO $$ BEGIN SET search_path = app; END $$;", "DO with SET")]
    [InlineData("DO 'BEGIN NULL; END';", "DO")]
    [InlineData("DO LANGUAGE plpython3u $$ x $$;", "DO")]
    [InlineData("CREATE EXTENSION postgis;", "CREATE EXTENSION")]
    [InlineData("ALTER EXTENSION postgis UPDATE;", "ALTER EXTENSION")]
    [InlineData("IMPORT FOREIGN SCHEMA s FROM SERVER x INTO public;", "IMPORT")]
    [InlineData("ALTER SCHEMA old RENAME TO app;", "ALTER SCHEMA")]
    [InlineData("CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();", "CREATE EVENT")]
    [InlineData("GRANT owner TO me;", "GRANT of a role")]
    [InlineData("REASSIGN OWNED BY a TO b;", "REASSIGN")]
    [InlineData("ALTER ROLE me SET search_path = app;", "ALTER ROLE")]
    [InlineData("ALTER DATABASE d SET role = app;", "ALTER DATABASE")]
    public void Doubts_every_name_after_a_statement_whose_words_do_not_say_all(string statement, string title)
    {
        var table = Assert.Single(ScriptTables.Read($"\n{statement}\nALTER TABLE t ADD a int;").Altered);
        Assert.Equal((title, 2), (table.Doubt?.Title, table.Doubt?.Line));
    }

    [Theory]
    [InlineData("SET lock_timeout = '2s'; SET LOCAL statement_timeout = 0; RESET statement_timeout;")]
    [InlineData("BEGIN; SAVEPOINT a; CREATE TYPE e AS ENUM ('a'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';")]
    [InlineData("CREATE SCHEMA app; GRANT SELECT ON u TO me; COMMENT ON TABLE u IS 'x'; DROP TABLE IF EXISTS v;")]
    [InlineData("SELECT setval('u_seq', (SELECT max(id) FROM u)); SELECT count(*) FROM u WHERE a IN (1, 2);")]
    [InlineData("DO $$ BEGIN RAISE NOTICE '%', 1; END $$;")]
    public void Doubts_nothing_after_plain_statements(string statements)
        => Assert.Null(Assert.Single(ScriptTables.Read($"{statements}\nALTER TABLE t ADD a int;").Altered).Doubt);

    [Fact]
    public void A_setting_of_the_session_leaves_later_files_alone_and_what_may_have_been_made_does_not()
    {
        Assert.Null(ScriptTables.Read("SET search_path = app;").LastingDoubt);
        Assert.Equal(
            new ScriptDoubt("DO with EXECUTE", 1, Lasts: true), ScriptTables.Read("DO $$ BEGIN EXECUTE 'x'; END $$;").LastingDoubt);
    }

    [Theory]
    [InlineData("SELECT 1 AS a INTO t", "t")]
    [InlineData("SELECT a INTO TEMP TABLE t FROM u", "t")]
    [InlineData("ALTER TABLE a.t SET SCHEMA b", "t")]
    [InlineData("ALTER VIEW IF EXISTS v RENAME TO w", "w")]
    [InlineData("ALTER MATERIALIZED VIEW v RENAME TO w", "w")]
    [InlineData("ALTER SEQUENCE s SET SCHEMA x", "s")]
    [InlineData("CREATE SCHEMA x CREATE TABLE t (a int)", "t")]
    public void Finds_every_way_to_make_a_name(string script, string expected)
        => Assert.Contains(expected, ScriptTables.Read(script).Created);

    [Theory]
    [InlineData("ALTER TABLE d.s.T ADD a int", "s.t")]
    [InlineData("ALTER TABLE ÄÖ ADD a int", "ÄÖ")]
    [InlineData("ALTER TABLE ALL IN TABLESPACE x SET TABLESPACE y", "")]
    [InlineData("ALTER TABLE U&\"d\\0061t\" ADD a int", "")]
    public void Reads_names_as_the_server_does(string script, string expected)
        => Assert.Equal(expected, string.Join(' ', ScriptTables.Read(script).Altered.Select(table => table.DisplayName)));

    [Theory]
    [InlineData("IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't') THEN ALTER TABLE t DROP a; END IF;", true)]
    [InlineData(
        "IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't') THEN ALTER TABLE t ADD a int; END IF;", false)]
    [InlineData(
        "IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = 't'::regclass) THEN RAISE NOTICE 'x'; ELSE ALTER TABLE t ADD a "
            + "int; END IF;", false)]
    [InlineData(
        "IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'other') THEN ALTER TABLE t ADD a int; END IF;", true)]
    [InlineData(
        "IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't') AND flag THEN ALTER TABLE t ADD a int; END IF;",
        true)]
    [InlineData("IF version() LIKE '%17%' THEN ALTER TABLE t ADD a int; END IF;", true)]
    [InlineData("IF a THEN NULL; ELSIF b THEN NULL; ELSE ALTER TABLE t ADD a int; END IF;", true)]
    [InlineData("<<l>> FOR i IN 1..0 LOOP ALTER TABLE t ADD a int; END LOOP;", true)]
    [InlineData("IF a THEN RETURN; END IF; ALTER TABLE t ADD a int;", true)]
    [InlineData("IF a THEN NULL; END IF; ALTER TABLE t ADD a int;", true)]
    [InlineData("ALTER TABLE t ADD a int;", false)]
    public void Knows_of_a_block_s_statement_whether_it_is_sure_to_run(string code, bool guarded)
        => Assert.Equal(guarded, Assert.Single(ScriptTables.Read($"DO $$ BEGIN {code} END $$").Altered).Guarded);

    [Fact]
    public void Does_not_take_the_guide_s_look_at_columns_for_one_at_tables()
        => Assert.False(Assert.Single(ScriptTables.Read(
            "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'user') THEN ALTER TABLE \"user\" ADD "
                + "a int; END IF; END $$").Altered).Guarded);
}
