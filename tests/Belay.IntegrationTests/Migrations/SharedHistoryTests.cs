using Belay.Gate;
using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Recovery;
using Belay.Schema;
using Belay.Settings;
using Npgsql;

namespace Belay.IntegrationTests.Migrations;

/// <summary>A history that one role has made, with an earlier version, and that others use.</summary>
public sealed class SharedHistoryTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    /// <summary>A row of whatever table.</summary>
    private const string Row = """
        SELECT now() AS applied_at, now() AS rolled_back_at, now() AS recorded_at, now() AS seen_at, now() AS started_at, 1 AS version,
            1 AS position, 'x' AS name, 'x' AS reason, 'x' AS sha256, 'x' AS lines, 'x' AS first_words, 'x' AS sqlstate,
            'x' AS applied_by, 'x' AS backup_id, 0 AS duration_ms, 1 AS server_major, 1 AS format
        """;

    private readonly string folder = TestFolder.New("shared-history");
    private DatabaseTarget owner = null!;
    private DatabaseTarget release = null!;
    private DatabaseTarget reader = null!;

    protected override async Task PrepareAsync()
    {
        (owner, release, reader) = (
            await Database.CreateRoleAsync(Token), await Database.CreateRoleAsync(Token), await Database.CreateRoleAsync(Token));
        await Database.ExecuteAsync(
            $"""
            GRANT CREATE ON SCHEMA public TO PUBLIC;
            GRANT CREATE ON DATABASE {owner.Database} TO {owner.Username};
            SET SESSION AUTHORIZATION {owner.Username};
            {FormerHistoryTests.FirstTables}
            GRANT USAGE, CREATE ON SCHEMA belay TO {release.Username};
            GRANT USAGE ON SCHEMA belay TO {reader.Username};
            GRANT ALL ON ALL TABLES IN SCHEMA belay TO {release.Username};
            GRANT SELECT ON ALL TABLES IN SCHEMA belay TO {reader.Username};
            """,
            Token);
        Write("0001_a.sql", "CREATE TABLE a (id integer);");
        Write("0001_a.rollback.sql", "DROP TABLE a;");
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var role in new[] { release, reader, owner })
        {
            await Database.ExecuteAsync($"DROP OWNED BY {role.Username} CASCADE", Token);
        }

        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_may_read_the_first_tables_may_read_those_that_another_role_made_later()
    {
        Write("R_view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;");
        await MigrateAsync(release);
        await RollBackAsync(release);

        foreach (var role in new[] { owner, release, reader })
        {
            var (history, target, drift) = await ReadAsync(role);
            Assert.Equal(["view"], history.Select(row => row.Name));
            Assert.NotNull(target.LastChange);
            Assert.NotNull(drift);
        }

        Assert.True(await Database.ScalarAsync(
            $"SELECT bool_and(has_table_privilege('{owner.Username}', oid, 'SELECT, INSERT, UPDATE, DELETE')) FROM pg_class "
                + "WHERE relnamespace = 'belay'::regnamespace AND relkind = 'r'",
            Token) as bool?);
        await MigrateAsync(owner);
    }

    [Fact]
    public async Task A_superuser_leaves_the_later_tables_to_the_owner_of_the_first()
    {
        await MigrateAsync(Database.Target);
        await RollBackAsync(Database.Target);

        Assert.Equal(
            $"{owner.Username}",
            await Database.ScalarAsync(
                "SELECT string_agg(DISTINCT relowner::regrole::text, ',') FROM pg_class WHERE relnamespace = 'belay'::regnamespace",
                Token));
        await MigrateAsync(release);
        Assert.NotNull((await ReadAsync(reader)).Target.LastChange);
    }

    [Fact]
    public async Task A_member_of_the_owner_that_has_not_its_rights_keeps_what_it_makes()
    {
        await Database.ExecuteAsync($"ALTER ROLE {release.Username} NOINHERIT; GRANT {owner.Username} TO {release.Username}", Token);

        await MigrateAsync(release);
        await RollBackAsync(release);

        Assert.NotNull((await ReadAsync(owner)).Target.LastChange);
        Assert.NotNull((await ReadAsync(release)).Target.LastChange);
    }

    [Theory]
    [InlineData("repeatable")]
    [InlineData("repair")]
    [InlineData("rollback")]
    [InlineData("rollback_statement")]
    [InlineData("fingerprint")]
    public async Task A_table_that_a_role_may_not_read_and_that_is_empty_stands_in_nobody_s_way(string table)
    {
        await Database.ExecuteAsync($"CREATE TABLE belay.{table} (id integer)", Token);

        var (history, target, drift) = await ReadAsync(reader);

        Assert.Empty(history);
        Assert.Null(target.LastChange);
        Assert.Null(drift);
    }

    [Theory]
    [InlineData("rollback", "the last rollback")]
    [InlineData("fingerprint", "the last recorded change of the schema")]
    [InlineData("repeatable", "the last repeatable migration")]
    public async Task The_gate_says_which_table_it_may_not_read(string table, string what)
    {
        await Database.ExecuteAsync($"CREATE TABLE belay.{table} AS {Row}", Token);
        await using var connection = await new DatabaseConnector(reader).OpenAsync("test", Token);

        var refusal = await Assert.ThrowsAsync<GateException>(() => GateTargetReader.ReadAsync(connection, Token));

        Assert.Equal(
            (
                $"Whether a backup is from after {what} cannot be told: the role {reader.Username} may not read belay.{table}",
                $"GRANT SELECT ON belay.{table} TO \"{reader.Username}\""),
            (refusal.Message, refusal.Hint));
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("fingerprint")]
    public async Task Preflight_says_so_before_a_backup_is_taken(string table)
    {
        await Database.ExecuteAsync($"CREATE TABLE belay.{table} AS {Row}", Token);

        var refusal = await Assert.ThrowsAsync<PreflightException>(() => PreflightAsync(release));

        var finding = Assert.Single(refusal.Findings, finding => finding.Severity == FindingSeverity.Refusal);
        Assert.Equal(
            (
                $"permission denied: \"{release.Username}\" may not read belay.{table} in {release.DisplayName}, which a release must",
                $"GRANT SELECT ON belay.{table} TO \"{release.Username}\", or connect as the role that migrated before",
                ReleaseWork.Migration),
            (finding.Message, finding.Hint, finding.Stops));
    }

    [Theory]
    [InlineData("rollback_statement", "the journals of the schema belay")]
    [InlineData("repeatable", "the migration history belay.migration")]
    public async Task Preflight_says_of_what_it_cannot_do_without_who_may_not_read_it(string table, string what)
    {
        await Database.ExecuteAsync($"CREATE TABLE belay.{table} AS {Row}", Token);

        var refusal = await Assert.ThrowsAsync<PreflightException>(() => PreflightAsync(release));

        Assert.Equal(
            $"Cannot read {what}: permission denied for table {table}",
            Assert.Single(refusal.Findings, finding => finding.Severity == FindingSeverity.Refusal).Message);
    }

    [Fact]
    public async Task A_version_that_the_first_tables_would_round_is_refused_where_they_belong_to_another_role()
    {
        Directory.EnumerateFiles(folder).ToList().ForEach(File.Delete);
        Write("V1__a.sql", "CREATE TABLE a (id integer);");
        Write("V2__b.sql", "CREATE TABLE b (id integer);");
        Write("V2.5__c.sql", "CREATE TABLE c (id integer);");

        using var bench = new MigrationBench(release, new() { Folder = folder });
        var failure = await bench.FailAsync();

        Assert.Equal(
            "belay.migration keeps whole numbers of 18 digits alone, and the version 2.0005 is none\nRolled back: database as before.",
            failure.Message);
        Assert.Equal(
            "As the owner of the table: ALTER TABLE belay.migration ALTER version TYPE numeric; then ./build.sh Migrate", failure.Hint);
        Assert.Equal(["1", "2"], await bench.AppliedAsync());
    }

    private string Write(string file, string text)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        return Path.Combine(folder, file);
    }

    private async Task MigrateAsync(DatabaseTarget role)
    {
        using var bench = new MigrationBench(role, new() { Folder = folder });
        var connector = new DatabaseConnector(role);
        await new Belay.Migrations.MigrationRunner(connector, bench.Settings, bench.Output, TimeProvider.System)
        {
            Watch = new SchemaWatch(connector, bench.Output),
        }.RunAsync(await bench.ProveAsync(), MigrationFolder.Read(folder), Token);
        Assert.DoesNotContain(bench.Output.Warnings, warning => warning.Contains("recorded", StringComparison.Ordinal));
    }

    private async Task RollBackAsync(DatabaseTarget role)
    {
        using var bench = new MigrationBench(role, new() { Folder = folder });
        var runner = new RollbackRunner(new DatabaseConnector(role), bench.Settings, bench.Output, TimeProvider.System);
        await runner.RunAsync(await bench.ProveAsync(), await bench.PreviewRollbackAsync(), Token);
        Assert.Empty(bench.Output.Warnings);
    }

    private static async Task<(IReadOnlyList<AppliedMigration> History, GateTarget Target, SchemaDrift? Drift)> ReadAsync(
        DatabaseTarget role)
    {
        await using NpgsqlConnection connection = await new DatabaseConnector(role).OpenAsync("test", Token);
        Assert.Empty(await PartWayHistory.ReadAsync(connection, Token));
        return (
            await MigrationHistory.ReadAsync(connection, Token),
            await GateTargetReader.ReadAsync(connection, Token),
            await SchemaDrift.ReadAsync(connection, Token));
    }

    private Task<PreflightReport> PreflightAsync(DatabaseTarget role) => new PreflightRunner(new PreflightRequest
    {
        Target = role,
        Store = null,
        Migrations = new() { Folder = folder },
    }).RunAsync(Token);
}
