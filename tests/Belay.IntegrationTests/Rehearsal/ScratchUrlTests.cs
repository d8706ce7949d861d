using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Rehearsal;
using Belay.Servers;
using Belay.Settings;

namespace Belay.IntegrationTests.Rehearsal;

/// <summary>A rehearsal on a server that others run.</summary>
public sealed class ScratchUrlTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private readonly string folder = TestFolder.New("scratch-url");
    private BackupBench backups = null!;
    private PostgresServer other = null!;

    protected override async Task PrepareAsync()
    {
        backups = new BackupBench(Postgres.Tools);
        other = await PostgresServer.StartAsync(
            new() { Tools = Postgres.Tools, Folder = Path.Combine(folder, "server"), Durable = false }, Token);
        await Database.ExecuteAsync(
            "CREATE TABLE item AS SELECT i AS id FROM generate_series(1, 2000) i; "
                + $"ALTER DATABASE {Database.Target.Database} SET app.tenant = 'one'",
            Token);
        Bench.Write("1_a.sql", "ALTER TABLE item ALTER id TYPE bigint;\nSELECT current_setting('app.tenant');\n");
        Bench.Write("1_a.rollback.sql", "ALTER TABLE item ALTER id TYPE integer;\n");
        Bench.Write("1_a.verify.sql", "-- check: rows\n-- expect:\n--   2000\nSELECT count(*) FROM item;\n");
    }

    public override async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        ServicePlace.Remove(Path.Combine(folder, "server"));
        Directory.Delete(folder, recursive: true);
        backups.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Is_done_in_a_database_of_an_unmistakable_name_which_goes_and_counts_as_a_proof()
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());

        var (report, proven) = await RunnerOf(other.Target("postgres")).RunAsync(manifest, Database.Target, Files, Token);

        Assert.Equal((1, true, 0L), (report.Checks, report.RollsBack, report.Wal));
        Assert.Single(report.Statements[0].Rewrites);
        Assert.Contains(report.Lines, line => line.Contains("write-ahead log not measured", StringComparison.Ordinal));
        Assert.Contains(report.Lines, line => line.StartsWith("The copy was on the server of SCRATCH_URL", StringComparison.Ordinal));
        Assert.Equal(ProofLevel.Restored, proven.ProofLevel);
        Assert.Contains(proven.Evidence[^1].Facts, fact => fact.Contains("of SCRATCH_URL in ", StringComparison.Ordinal));
        Assert.Equal(["postgres", "template0", "template1"], await NamesAsync());
        Assert.Equal("integer", await Database.ScalarAsync("SELECT format_type(atttypid, -1) FROM pg_attribute WHERE attname = 'id' AND "
            + "attrelid = 'item'::regclass", Token));
    }

    [Fact]
    public async Task Is_refused_on_the_server_that_is_released_to()
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());

        var refusal = await Assert.ThrowsAsync<SettingsException>(
            () => RunnerOf(Postgres.Server.Target("postgres")).RunAsync(manifest, Database.Target, Files, Token));

        Assert.Equal(
            (
                "The server of SCRATCH_URL is the server that is released to, or a copy of it: both have the system identifier "
                    + $"{manifest.Database.SystemIdentifier}. Nothing was touched.",
                "name a server of its own; without SCRATCH_URL one is started on this machine"),
            (refusal.Message, refusal.Hint));
        Assert.Equal(ExitCodes.Usage, refusal.ExitCode);
    }

    [Fact]
    public async Task Makes_no_role_there_and_needs_the_right_to_make_databases()
    {
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync($"ALTER TABLE item OWNER TO {owner.Username}", Token);
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());

        var refusal = await Assert.ThrowsAsync<BackupException>(
            () => RunnerOf(other.Target("postgres")).RunAsync(manifest, Database.Target, Files, Token));
        Assert.Equal(
            $"The server of SCRATCH_URL has not the roles {owner.Username}, which backup {manifest.Id} names, and Belay makes none on a "
                + "server that others use.",
            refusal.Message);
        await other.Target("postgres").ExecuteAsync(
            $"CREATE ROLE {owner.Username}; CREATE ROLE guest LOGIN PASSWORD 'word-of-guest'", Token);
        var guest = other.Target("postgres") with { Username = "guest", Password = new Secret("word-of-guest") };
        Assert.Equal(
            "The server of SCRATCH_URL is a standby, or the role of SCRATCH_URL may make no databases there. Nothing was touched.",
            (await Assert.ThrowsAsync<SettingsException>(() => RunnerOf(guest).RunAsync(manifest, Database.Target, Files, Token))).Message);

        Assert.Equal(1, (await RunnerOf(other.Target("postgres")).RunAsync(manifest, Database.Target, Files, Token)).Report.Checks);
        Assert.Equal(["postgres", "template0", "template1"], await NamesAsync());
        Assert.Null(await other.Target("postgres").ScalarAsync(
            $"SELECT rolpassword FROM pg_authid WHERE rolname = '{owner.Username}'", Token));
    }

    [Fact]
    public async Task Drops_what_killed_ones_left_and_nothing_else_and_leaves_nothing_when_it_fails_or_is_cancelled()
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        foreach (var (name, isMarked) in new[] { ("belay_scratch_left", true), ("belay_scratch_by_hand", false), ("another", true) })
        {
            await other.Target("postgres").ExecuteAsync($"CREATE DATABASE {name}", Token);
            var mark = isMarked ? "Belay rehearses a release in this database and drops it afterwards." : "mine";
            await other.Target("postgres").ExecuteAsync($"COMMENT ON DATABASE {name} IS '{mark}'", Token);
        }

        Bench.Write("1_a.sql", "SELECT missing;\n");
        await Assert.ThrowsAsync<RehearsalException>(
            () => RunnerOf(other.Target("postgres")).RunAsync(manifest, Database.Target, Files, Token));

        string[] kept = ["another", "belay_scratch_by_hand", "postgres", "template0", "template1"];
        Assert.Equal(kept, await NamesAsync());
        Assert.Contains(
            "      Dropped belay_scratch_left, which a killed rehearsal left on the server of SCRATCH_URL", backups.Output.Lines);
        Bench.Write("1_a.sql", "SELECT pg_sleep(600);\n");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = RunnerOf(other.Target("postgres")).RunAsync(manifest, Database.Target, Files, cancellation.Token);
        await MigrationBench.WaitForAsync(
            async () => await other.Target("postgres").ScalarAsync(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname LIKE 'belay\\_scratch\\_%'", Token) is 1L,
            "the sleep on the copy");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(kept, await NamesAsync());
    }

    [Theory]
    [InlineData("a $(date) \n 日本語のとても長いデータベース", "")]
    [InlineData(@"Shop.eu=1\", "")]
    [InlineData("euc jp", "ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'")]
    [InlineData("icu", "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LC_COLLATE 'C' LC_CTYPE 'C'")]
    public async Task Is_done_for_any_name_encoding_and_locale(string name, string options)
    {
        Assert.SkipWhen(Postgres.Tools.Major < 15, "A database's ICU locale came with PostgreSQL 15.");
        await using var odd = await TestDatabase.CreateAsync(Postgres.Server, name, Token, options);
        await odd.ExecuteAsync("CREATE TABLE item AS SELECT '日本語'::text AS id", Token);
        Bench.Write("1_a.sql", "UPDATE item SET id = id || '語';");
        Bench.Write("1_a.rollback.sql", "UPDATE item SET id = '日本語';");
        Bench.Write("1_a.verify.sql", "-- check: text\n-- expect:\n--   日本語語\nSELECT id FROM item;\n");
        var manifest = await backups.TakeAsync(odd.Target, new BackupSettings());

        var (report, proven) = await RunnerOf(other.Target("postgres")).RunAsync(manifest, odd.Target, Files, Token);

        Assert.Equal((1, true), (report.Checks, report.RollsBack));
        Assert.Contains("pg_amcheck found nothing", proven.Evidence[^1].Facts);
        Assert.Equal("日本語", await odd.ScalarAsync("SELECT id FROM item", Token));
        Assert.Equal(["postgres", "template0", "template1"], await NamesAsync());
    }

    [Fact]
    public async Task Says_of_a_fault_of_that_server_that_it_is_one_and_nothing_of_this_machine()
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        await other.Target("postgres").ExecuteAsync(
            "CREATE ROLE reader LOGIN CREATEDB PASSWORD 'word-of-reader'; ALTER ROLE reader SET default_transaction_read_only = on", Token);
        var reader = other.Target("postgres") with { Username = "reader", Password = new Secret("word-of-reader") };

        var fault = await Assert.ThrowsAsync<BackupException>(
            () => RunnerOf(reader).RunAsync(manifest, Database.Target, Files, Token));

        Assert.Equal(
            (
                $"Backup {manifest.Id} could not be tried out on the server of SCRATCH_URL: 25006: cannot execute CREATE DATABASE in a "
                    + "read-only transaction.",
                "Nothing is known of the dump, and its proof stays as it was. See that the server takes connections, and that there is "
                    + "room on its disks and in its memory; then run the command again, without SCRATCH_URL to restore on this machine."),
            (fault.Message, fault.Hint));
        Assert.DoesNotContain(backups.Output.Warnings, warning => warning.Contains("could not be dropped", StringComparison.Ordinal));
    }

    private IReadOnlyList<Belay.Sql.Migration> Files => MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout);

    private RehearsalRunner RunnerOf(DatabaseTarget scratch) => new(backups.Store, Postgres.Tools, backups.Output, TimeProvider.System)
    {
        ScratchFolder = backups.ScratchFolder,
        Settings = Bench.Settings,
        Scratch = scratch,
        Live = new DatabaseDefinition
        {
            Owner = "postgres",
            Encoding = "UTF8",
            Collation = "C",
            CharacterType = "C",
            Tablespace = "pg_default",
            Settings = [new DatabaseSetting(null, "app.tenant", "one")],
        },
    };

    private async Task<string[]> NamesAsync()
        => $"{await other.Target("postgres").ScalarAsync(
            "SELECT string_agg(datname::text, ',' ORDER BY datname::text COLLATE \"C\") FROM pg_database", CancellationToken.None)}"
            .Split(',');
}
