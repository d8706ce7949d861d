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
        => Assert.Equal([2, 5], ScriptTables.Read("-- head\nALTER TABLE a ADD x int;\nDO $$\nBEGIN\n  ALTER TABLE b ADD x int;\nEND $$;").Altered.Select(table => table.Line));

    [Theory]
    [InlineData("DO $$ BEGIN IF to_regclass('t') IS NOT NULL THEN ALTER TABLE t ADD a int; END IF; END $$")]
    [InlineData("DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.tables) THEN ALTER TABLE t ADD a int; END IF; END $$")]
    [InlineData("DO $$ BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN undefined_table THEN NULL; END $$")]
    public void Sees_that_a_missing_table_may_be_meant(string script) => Assert.True(Assert.Single(ScriptTables.Read(script).Altered).Guarded);

    [Fact]
    public void Does_not_take_the_guide_s_look_at_columns_for_one_at_tables()
        => Assert.False(Assert.Single(ScriptTables.Read(
            "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'user') THEN ALTER TABLE \"user\" ADD a int; END IF; END $$").Altered).Guarded);
}
