using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Support.Pooling;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Files share a session as long as nothing of one can reach the next.</summary>
public sealed class SessionKeeperTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Theory]
    [InlineData("CREATE TABLE orders (id serial); INSERT INTO orders VALUES (1); COMMENT ON TABLE orders IS 'x'; DROP TABLE orders;")]
    [InlineData("CREATE TEMPORARY TABLE gone (id integer) ON COMMIT DROP;")]
    [InlineData("COPY first (pid) FROM stdin;\n5\n\\.\n")]
    [InlineData("-- nothing but a comment")]
    [InlineData("CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one; REFRESH MATERIALIZED VIEW kept; ANALYZE first;")]
    [InlineData("WITH one AS (SELECT 5 AS pid) INSERT INTO first SELECT pid FROM one;")]
    [InlineData(
        "CREATE FUNCTION sets() RETURNS integer LANGUAGE sql SET search_path = public AS 'UPDATE first SET pid = pid RETURNING 1'; "
            + "CREATE TABLE keys (id integer PRIMARY KEY); "
            + "CREATE TABLE uses (load integer, id integer REFERENCES public.keys ON DELETE SET NULL);")]
    [InlineData("-- belay: no-transaction\nCREATE INDEX CONCURRENTLY pids ON first (pid);")]
    [InlineData("-- belay: no-transaction\nCREATE TABLE orders (id integer); DROP TABLE orders;")]
    public async Task Hands_a_session_on_that_is_as_at_its_beginning(string script)
        => Assert.Equal(["true"], await SharedAsync(script));

    [Theory]
    [InlineData("SET search_path = pg_catalog;")]
    [InlineData("SET app.tenant = '7';")]
    [InlineData("SET work_mem = '5MB';")]
    [InlineData("SET ROLE pg_monitor;")]
    [InlineData("SET LOCAL work_mem = '5MB';")]
    [InlineData("CREATE TEMPORARY TABLE kept (id integer);")]
    [InlineData("CREATE FUNCTION pg_temp.kept() RETURNS integer LANGUAGE sql AS 'SELECT 1';")]
    [InlineData("CREATE TYPE pg_temp.kept AS ENUM ('kept');")]
    [InlineData("CREATE OPERATOR pg_temp.<<>> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);")]
    [InlineData("CREATE TABLE held AS SELECT pg_advisory_lock(7)::text AS held;")]
    [InlineData("ALTER ROLE CURRENT_USER IN DATABASE {database} SET app.tenant = '7';")]
    [InlineData("ALTER DATABASE {database} SET app.tenant = '7';")]
    [InlineData("PREPARE one AS SELECT 1;")]
    [InlineData("LISTEN news;")]
    [InlineData("DECLARE held CURSOR WITH HOLD FOR SELECT 1;")]
    [InlineData("SELECT setseed(0.5);")]
    [InlineData("WITH seed AS (SELECT setseed(0.5)) SELECT FROM seed;")]
    [InlineData("DO 'BEGIN END';")]
    [InlineData("CREATE TABLE made AS SELECT setseed(0.5)::text;")]
    [InlineData("CREATE TABLE made AS SELECT pg_catalog.SET_CONFIG('app.tenant', '7', true);")]
    [InlineData("CREATE TABLE made AS SELECT one();")]
    [InlineData("CREATE FUNCTION made() RETURNS text LANGUAGE sql SET app.tenant = '7' AS 'SELECT 1'; UPDATE first SET pid = pid;")]
    [InlineData("CREATE FUNCTION made() RETURNS text LANGUAGE sql RETURN pg_catalog.set_config('app.tenant', '7', false);")]
    [InlineData("-- belay: no-transaction\nCREATE TABLE made AS SELECT one();")]
    [InlineData("-- belay: no-transaction\nALTER DATABASE {database} SET app.tenant = '7';")]
    [InlineData("-- belay: no-transaction\nSET work_mem = '5MB';")]
    [InlineData("-- belay: no-transaction\nCREATE TABLE held AS SELECT pg_advisory_lock(7)::text AS held;")]
    [InlineData("-- belay: no-transaction\nCREATE TABLE held AS SELECT set_config('DateStyle', 'German', false);")]
    [InlineData("-- belay: no-transaction\nCREATE TEMPORARY TABLE kept (id integer);")]
    [InlineData("-- belay: no-transaction\nDO 'BEGIN END';")]
    public async Task Begins_a_new_one_when_something_may_be_left(string script)
        => Assert.Equal(["false"], await SharedAsync(script));

    [Theory]
    [InlineData("CREATE VIEW leaves AS SELECT set_config('app.tenant', '7', false);", "CREATE TABLE made AS SELECT * FROM leaves;")]
    [InlineData("CREATE TABLE leaves (id integer, name text DEFAULT setseed(0.5)::text);", "INSERT INTO leaves VALUES (1);")]
    [InlineData("CREATE TABLE leaves (id integer CHECK (set_config('app.tenant', '7', true) > ''));", "INSERT INTO leaves VALUES (1);")]
    [InlineData("CREATE DOMAIN leaves AS text DEFAULT set_config('app.tenant', '7', true);", "CREATE TABLE made (name leaves);")]
    [InlineData(
        "CREATE TABLE leaves (id integer); CREATE RULE leaves AS ON INSERT TO leaves DO ALSO DELETE FROM leaves "
            + "WHERE setseed(1)::text > '';",
        "INSERT INTO leaves VALUES (1);")]
    [InlineData(
        "CREATE TABLE leaves (id integer); CREATE TRIGGER leaves BEFORE UPDATE ON leaves FOR EACH ROW WHEN (setseed(0.5)::text > '') "
            + "EXECUTE FUNCTION suppress_redundant_updates_trigger();",
        "UPDATE leaves SET id = 2;")]
    [InlineData(
        "CREATE TABLE leaves (id integer); ALTER TABLE leaves ENABLE ROW LEVEL SECURITY; CREATE POLICY leaves ON leaves USING "
            + "(set_config('app.tenant', '7', true) > '');",
        "UPDATE leaves SET id = 2;")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS text LANGUAGE sql RETURN set_config('app.tenant', '7', false);",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS text LANGUAGE sql AS $$ SELECT SET_CONFIG('app.tenant', '7', false) $$;",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves(text, text, boolean) RETURNS text LANGUAGE internal AS 'set_config_by_name';",
        "CREATE TABLE made AS SELECT leaves('app.tenant', '7', false);")]
    [InlineData(
        "DO $$ BEGIN EXECUTE 'CREATE VIEW leaves AS SELECT set_' || 'config(''app.tenant'', ''7'', false)'; END $$;",
        "CREATE TABLE made AS SELECT * FROM leaves;")]
    [InlineData(
        "CREATE FUNCTION leaves(x text DEFAULT set_config('app.tenant', '7', false)) RETURNS text LANGUAGE sql AS 'SELECT x';",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS integer LANGUAGE sql AS $$ SET app.tenant = '7'; SELECT 1 $$;",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS integer LANGUAGE sql AS $$ SELECT 1; SET SESSION \"app\".tenant TO '7'; SELECT 1 $$;",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS text LANGUAGE sql AS $$ SELECT U&\"set\\005fconfig\"('app.tenant', '7', false) $$;",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData(
        "CREATE FUNCTION leaves() RETURNS integer LANGUAGE sql AS $$ LOAD 'auto_explain'; SELECT 1 $$;",
        "CREATE TABLE made AS SELECT leaves();")]
    [InlineData("CREATE EXTENSION postgres_fdw;", "CREATE TABLE made (id integer);")]
    [InlineData("CREATE EXTENSION dblink;", "CREATE TABLE made (id integer);")]
    public async Task Begins_a_new_one_when_what_the_database_has_may_leave_something(string has, string script)
    {
        Assert.Equal(["true"], await SharedAsync("CREATE TABLE other (id integer);"));
        Bench.Write("0004_has.sql", has);
        Bench.Write("0005_begins.sql", "CREATE TABLE began AS SELECT pg_backend_pid() AS pid;");
        Bench.Write("0006_script.sql", script);
        Bench.Write("0007_ends.sql", "CREATE TABLE ended AS SELECT pg_backend_pid() AS pid;");

        await Bench.RunAsync();

        Assert.Equal(["false"], await Bench.QueryAsync("SELECT (b.pid = e.pid)::text FROM began b, ended e"));
    }

    [Theory]
    [InlineData("CREATE EXTENSION pg_trgm;")]
    [InlineData("CREATE TABLE made AS SELECT U&\"\\0073et_config\"('app.tenant', '7', false);")]
    [InlineData("CREATE TABLE made AS SELECT pg_create_physical_replication_slot('held', true, true)::text;")]
    public async Task Begins_a_new_one_behind_what_nobody_reads_or_resets(string script)
        => Assert.Equal(["false"], await SharedAsync(script));

    [Fact]
    public async Task Waits_for_no_lock_on_a_table_that_a_function_reads()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE busy (id integer); CREATE FUNCTION busy() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM busy)", Token);
        await using var busy = await Database.HoldAsync("LOCK TABLE busy", Token);

        Assert.Equal(["true"], await SharedAsync("CREATE TABLE made (id integer);").WaitAsync(TimeSpan.FromMinutes(1), Token));
    }

    [Theory]
    [InlineData("REVOKE EXECUTE ON FUNCTION pg_get_functiondef(oid) FROM PUBLIC", "true")]
    [InlineData("REVOKE EXECUTE ON FUNCTION pg_lock_status() FROM PUBLIC", "false")]
    [InlineData("REVOKE EXECUTE ON FUNCTION pg_try_advisory_xact_lock_shared(bigint) FROM PUBLIC", "true")]
    [InlineData(
        "REVOKE SELECT ON pg_proc FROM PUBLIC; "
            + "GRANT SELECT (oid, proname, pronamespace, proowner, prolang, prorettype) ON pg_proc TO PUBLIC",
        "false")]
    public async Task Migrates_also_as_a_role_that_may_not_look_into_everything(string forbids, string shares)
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"{forbids}; GRANT CREATE ON SCHEMA public TO {role.Username}; GRANT CREATE ON DATABASE {role.Database} TO {role.Username}",
            Token);
        using var bench = new MigrationBench(role);
        bench.Write("0001_first.sql", "CREATE TABLE first AS SELECT pg_backend_pid() AS pid;");
        bench.Write("0002_last.sql", "CREATE TABLE last AS SELECT pg_backend_pid() AS pid;");

        await bench.RunAsync();

        Assert.Equal([shares], await Bench.QueryAsync("SELECT (f.pid = l.pid)::text FROM first f, last l"));
        await Database.ExecuteAsync($"DROP OWNED BY {role.Username} CASCADE", Token);
    }

    [Theory]
    [InlineData("SELECT 1 / (CASE WHEN setseed(0.5)::text = '' THEN 1 END)")]
    [InlineData("SELECT one()")]
    public async Task Begins_a_new_one_when_checks_may_have_left_something(string check)
    {
        Bench.Write("0002_script.verify.sql", $"-- check: one\n-- expect:\n--   1\n{check};");

        Assert.Equal(["false"], await SharedAsync("CREATE TABLE made (id integer);"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task Lets_no_type_that_a_trigger_has_met_reach_a_file_that_changes_it(string directive)
    {
        Bench.Write("0001_first.sql", """
            CREATE TABLE orders (id integer, amount integer);
            CREATE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.amount := NEW.amount + 1; RETURN NEW; END $$;
            CREATE TRIGGER raise BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION raise();
            """);
        Bench.Write("0002_fills.sql", $"{directive}INSERT INTO orders VALUES (1, 11);");
        Bench.Write("0003_widens.sql", $"{directive}ALTER TABLE orders ALTER amount TYPE bigint; UPDATE orders SET id = 2;");

        Assert.Equal(3, (await Bench.RunAsync()).Applied.Count);
        Assert.Equal(["13"], await Bench.QueryAsync("SELECT amount FROM orders"));
    }

    [Fact]
    public async Task Hands_a_session_on_whatever_is_set_for_another_role_or_another_database()
    {
        var other = await Database.CreateRoleAsync(Token);

        Assert.Equal(["true"], await SharedAsync($"ALTER ROLE \"{other.Username}\" SET app.tenant = '7';"));
    }

    [Fact]
    public async Task Lets_a_setting_that_a_file_gives_to_the_database_hold_for_the_next_file()
    {
        Bench.Write("0001_sets.sql", $"ALTER DATABASE \"{Database.Target.Database}\" SET app.tenant = '7';");
        Bench.Write("0002_after.sql", "CREATE TABLE tenant AS SELECT current_setting('app.tenant', true) AS tenant;");

        await Bench.RunAsync();

        Assert.Equal(["7"], await Bench.QueryAsync("SELECT tenant FROM tenant"));
    }

    [Fact]
    public async Task Lets_no_setting_of_a_function_reach_the_next_file()
    {
        Bench.Write("0001_first.sql", "CREATE TABLE first AS SELECT set_config('app.tenant', '7', false);");
        Bench.Write("0002_after.sql", "CREATE TABLE tenant AS SELECT current_setting('app.tenant', true) AS tenant;");

        await Bench.RunAsync();

        Assert.Equal(["NULL"], await Bench.QueryAsync("SELECT tenant FROM tenant"));
    }

    [Fact]
    public async Task Lifts_the_limits_of_the_database_anew_in_a_session_that_is_handed_on()
    {
        await Database.ExecuteAsync(
            $"ALTER DATABASE \"{Database.Target.Database}\" SET idle_in_transaction_session_timeout = '1h'", Token);
        Bench.Write("0001_first.sql", "CREATE TABLE first (id integer);");
        Bench.Write(
            "0002_after.sql", "CREATE TABLE after_it AS SELECT current_setting('idle_in_transaction_session_timeout') AS lifted;");

        await Bench.RunAsync();

        Assert.Equal(["0"], await Bench.QueryAsync("SELECT lifted FROM after_it"));
    }

    [Fact]
    public async Task Lets_two_files_make_the_same_temporary_function()
    {
        const string script = """
            CREATE FUNCTION pg_temp.slug(name text) RETURNS text LANGUAGE sql AS 'SELECT lower(name)';
            UPDATE first SET pid = pid WHERE pg_temp.slug('A') = 'a';
            """;
        Bench.Write("0001_first.sql", "CREATE TABLE first (pid integer);");
        Bench.Write("0002_slugs.sql", script);
        Bench.Write("0003_slugs.sql", script);

        Assert.Equal(3, (await Bench.RunAsync()).Applied.Count);
    }

    [Fact]
    public async Task Lets_no_value_of_a_sequence_reach_the_next_file()
    {
        Bench.Write("0001_first.sql", "CREATE SEQUENCE numbers; CREATE TABLE first AS SELECT nextval('numbers');");
        Bench.Write("0002_after.sql", "CREATE TABLE after_it AS SELECT currval('numbers');");

        Assert.Equal("55000", (await Bench.FailAsync()).SqlState);
    }

    [Fact]
    public async Task Lets_no_file_run_in_an_encoding_that_a_pooler_s_server_process_began_with()
    {
        await using var latin = await TestDatabase.CreateAsync(
            Postgres.Server, "latin", Token, "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        await using var pooler = await PgBouncer.StartAsync(latin.Target, PoolMode.Session, Token);
        using var bench = new MigrationBench(pooler.Target);
        bench.Write("0001_first.sql", "CREATE TABLE texts (text text);");
        bench.Write("0002_after.sql", "INSERT INTO texts VALUES ('ä');");

        await bench.RunAsync();

        Assert.Equal("ä", await latin.ScalarAsync("SELECT text FROM texts", Token));
    }

    /// <summary>Whether the files before and after a script ran in one session.</summary>
    private async Task<IReadOnlyList<string>> SharedAsync(string script)
    {
        await Database.ExecuteAsync("CREATE FUNCTION one() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'", Token);
        Bench.Write("0001_first.sql", "CREATE TABLE first AS SELECT pg_backend_pid() AS pid;");
        Bench.Write("0002_script.sql", script.Replace("{database}", $"\"{Database.Target.Database}\"", StringComparison.Ordinal));
        Bench.Write("0003_last.sql", "CREATE TABLE public.last AS SELECT pg_backend_pid() AS pid;");
        await Bench.RunAsync();
        return await Bench.QueryAsync("SELECT (pid IN (SELECT pid FROM public.first))::text FROM public.last");
    }
}
