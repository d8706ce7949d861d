using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Preflight;
using Belay.Settings;

namespace Belay.IntegrationTests.Preflight;

/// <summary>Files that psql takes and whose names no reader of words can resolve: preflight lets the
/// migration's transaction decide.</summary>
public sealed class PendingNameTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private readonly string folder = TestFolder.New("names");

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync(
            """
            CREATE SCHEMA app; CREATE TABLE app.t (id integer); CREATE VIEW v AS SELECT 1 AS a; CREATE SCHEMA old; CREATE TABLE old.o (id integer);
            CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I (id integer)', name); END $$;
            """,
            Token);
    }

    public override async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("SET search_path = app; ALTER TABLE t ADD a integer;")]
    [InlineData("SET LOCAL search_path TO app, public; ALTER TABLE t ADD a integer;")]
    [InlineData("SET SCHEMA 'app'; CREATE INDEX ON t (id);")]
    [InlineData("SELECT pg_catalog.set_config('search_path', 'app', false); ALTER TABLE t ADD a integer;")]
    [InlineData("SELECT 1 AS id INTO made; ALTER TABLE made ADD a integer;")]
    [InlineData("CREATE TEMP TABLE made AS SELECT 1 AS id; ALTER TABLE made ADD a integer;")]
    [InlineData("DO $$ BEGIN EXECUTE 'CREATE TABLE made (id integer)'; END $$; ALTER TABLE made ADD a integer;")]
    [InlineData("SELECT make('made'); ALTER TABLE made ADD a integer;")]
    [InlineData("ALTER TABLE app.t SET SCHEMA public; ALTER TABLE t ADD a integer;")]
    [InlineData("ALTER SCHEMA old RENAME TO fresh; ALTER TABLE fresh.o ADD a integer;")]
    [InlineData("ALTER VIEW v RENAME TO w; ALTER TABLE w RENAME COLUMN a TO b;")]
    [InlineData(
        "DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'gone') THEN ALTER TABLE gone DROP a; END IF; "
            + "END $$;")]
    [InlineData(
        "ALTER TABLE app.\"t\" ADD a_name_that_is_as_long_as_any integer; CREATE TABLE "
            + "a_name_that_is_longer_than_the_sixty_three_bytes_that_the_server_keeps_of_it (id integer);")]
    public async Task A_file_that_psql_takes_passes_and_runs(string script)
    {
        await WriteAsync("1_a.sql", script);
        await RunAsync();
        await Database.ExecuteAsync(script, Token);
    }

    [Fact]
    public async Task A_table_that_an_earlier_file_may_have_made_is_a_warning_with_the_reason()
    {
        await WriteAsync("1_a.sql", "SELECT 1;\nSELECT make('made');");
        await WriteAsync("2_b.sql", "ALTER TABLE made ADD a integer;");

        var warning = (await RunAsync()).Findings.First(finding => finding.Severity == FindingSeverity.Warning);

        Assert.Equal(
            $"relation \"made\" does not exist in {Database.Target.DisplayName} (2_b.sql, line 1). SELECT with make() (1_a.sql, line 2) "
                + "comes before and may change that; "
            + "the migration's own transaction decides",
            warning.Message);
    }

    [Fact]
    public async Task What_an_event_trigger_may_make_is_not_missed()
    {
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION shadow() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                IF to_regclass('shadow_u') IS NULL THEN CREATE TABLE shadow_u (id integer); END IF; END $$;
            CREATE EVENT TRIGGER shadow ON ddl_command_end WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION shadow();
            """,
            Token);
        await WriteAsync("1_a.sql", "CREATE TABLE u (id integer); ALTER TABLE shadow_u ADD a integer;");

        Assert.Contains(
            (await RunAsync()).Findings,
            finding => finding.Message.Contains("an event trigger (line 1) comes before and may change that", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_that_inherits_nothing_may_set_the_owner_s_role()
    {
        var member = await Database.CreateRoleAsync(Token, "NOINHERIT");
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT {owner.Username} TO {member.Username}; ALTER TABLE app.t OWNER TO {owner.Username}; GRANT CREATE ON DATABASE "
                + $"{member.Database} TO {member.Username}", Token);
        await WriteAsync("1_a.sql", $"SET ROLE {owner.Username};\nALTER TABLE app.t ADD a integer;");
        Assert.Single((await RunAsync(member)).Pending);

        await WriteAsync("1_a.sql", "ALTER TABLE app.t ADD a integer;");
        Assert.StartsWith(
            $"permission denied: \"{member.Username}\" does not own the table \"app.t\" (1_a.sql, line 1)",
            await RefusalAsync(member),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_certain_a_missing_table_and_a_schema_in_which_nothing_may_be_made()
    {
        await WriteAsync("1_a.sql", "SET lock_timeout = '1s';\nALTER TABLE gone ADD a integer;");
        Assert.Equal(
            $"relation \"gone\" does not exist in {Database.Target.DisplayName} (1_a.sql, line 2)", await RefusalAsync(Database.Target));

        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT CREATE ON DATABASE {role.Database} TO {role.Username}", Token);
        await WriteAsync("1_a.sql", "CREATE TEMP TABLE x ();\nCREATE TABLE IF NOT EXISTS made (id integer);\nCREATE VIEW w AS SELECT 1;");
        var exception = await Assert.ThrowsAsync<PreflightException>(() => RunAsync(role));
        Assert.Equal(
            $"Preflight refused: permission denied: \"{role.Username}\" may not create \"made\" in the schema \"public\" (1_a.sql, line "
                + "2) (stops Migrate and Rollback; ./build.sh Backup goes through)", exception.Message);
        Assert.Equal($"GRANT CREATE ON SCHEMA \"public\" TO \"{role.Username}\", as the schema's owner", exception.Hint);
    }

    private Task WriteAsync(string file, string script) => File.WriteAllTextAsync(Path.Combine(folder, file), script, Token);

    private Task<PreflightReport> RunAsync(DatabaseTarget? target = null) => new PreflightRunner(new PreflightRequest
    {
        Target = target ?? Database.Target,
        Store = null,
        Migrations = new MigrationSettings { Folder = folder },
    }).RunAsync(Token);

    private async Task<string> RefusalAsync(DatabaseTarget target)
    {
        var exception = await Assert.ThrowsAsync<PreflightException>(() => RunAsync(target));
        return Assert.Single(exception.Findings, finding => finding.Severity == FindingSeverity.Refusal).Message;
    }
}
