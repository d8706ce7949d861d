using Belay.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Recovery.Restoring;
using Belay.Settings;
using Npgsql;

namespace Belay.IntegrationTests.Recovery.Restoring;

[Collection(nameof(RestoringCollection))]
public sealed class RestoreRunnerTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private RestoreBench bench = null!;

    private string Name => Database.Target.Database;

    protected override Task PrepareAsync()
    {
        bench = new RestoreBench(Database, Postgres.Tools);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Restores_beside_the_database_with_rows_settings_and_comment(int workers)
    {
        await Database.ExecuteAsync(
            $"COMMENT ON DATABASE {Name} IS 'it''s the shop'; ALTER DATABASE {Name} SET work_mem = '7MB'; REVOKE CONNECT ON DATABASE "
                + $"{Name} FROM PUBLIC",
            Token);
        var manifest = await bench.TakeAsync(new BackupSettings { Parallel = workers });
        var copy = $"{Name}_copy";

        var outcome = await bench.RestoreAsync(bench.Request(manifest, copy));

        Assert.Null(outcome.Replaced);
        Assert.Contains("202 rows in 2 tables equal", outcome.Facts);
        Assert.Contains("1 large object", outcome.Facts);
        Assert.Equal(
            "200 1 2 f",
            await bench.AskAsync(
                copy,
                "SELECT (SELECT count(*) FROM item) || ' ' || (SELECT items / 200 FROM filled) || ' ' || (SELECT twice FROM part "
                    + "WHERE id = 1) || ' ' || (SELECT left(ispopulated::text, 1) FROM pg_matviews WHERE matviewname = 'unfilled')"));
        Assert.Equal(
            "it's the shop",
            await bench.AskAsync(copy, "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"));
        Assert.Equal("7MB", await bench.AskAsync(copy, "SHOW work_mem"));
        Assert.Equal("False", await bench.AskAsync(copy, "SELECT has_database_privilege('pg_monitor', current_database(), 'CONNECT')"));
        Assert.Equal("200", await bench.AskAsync(Name, "SELECT count(*) FROM item"));
        Assert.Equal([copy], await bench.OthersAsync());
    }

    [Fact]
    public async Task Takes_the_place_of_the_database_and_leaves_it_under_another_name()
    {
        var manifest = await bench.TakeAsync();
        await Database.ExecuteAsync(
            $"CREATE SCHEMA belay; CREATE TABLE belay.migration AS SELECT 7::numeric AS version; "
                + $"DELETE FROM item WHERE id > 5; CREATE TABLE later (); ALTER DATABASE {Name} SET app.token = 'hidden value'", Token);

        var preview = await bench.Runner.PreviewAsync(bench.Request(manifest) with { Confirmation = Name }, Token);
        Assert.Equal("DANGER: This puts an older state in the place of a database that has data.", preview.Lines[0]);
        Assert.Equal(
            $"Backup {manifest.Id} of {Name}, taken {Quantity.Utc(manifest.SnapshotUtc)}, into the place of the database {Name}",
            preview.Lines[1]);
        Assert.StartsWith(
            $"  every write since {Quantity.Utc(manifest.SnapshotUtc)} would be gone from it: ",
            preview.Lines[2],
            StringComparison.Ordinal);
        Assert.Equal(
            [
                "  public.item: 5 rows now, 200 rows in the backup",
                "  public.later: 0 rows now, no such table in the backup",
                "  inserted, updated or deleted since, as the server counts: public.item 195 rows",
                "  the newest applied migration is 7 now, none in the backup",
            ],
            preview.Lines.Skip(3));
        preview.Confirm();
        var outcome = await bench.Runner.RunAsync(preview, Token);

        Assert.Matches($"^{Name}_replaced_[0-9]{{8}}_[0-9]{{6}}$", outcome.Replaced);
        Assert.Equal([outcome.Replaced!], await bench.OthersAsync());
        Assert.Equal("200", await bench.AskAsync(Name, "SELECT count(*) FROM item"));
        Assert.Equal("5", await bench.AskAsync(outcome.Replaced!, "SELECT count(*) FROM item"));
        Assert.Equal(
            "",
            await bench.AskAsync(Name, "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"));

        var old = new ReplacedDatabase(Database.Target, outcome.Replaced!);
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => old.DropAsync(null, Token));
        Assert.Equal($"The end of {outcome.Replaced} is not confirmed; nothing was touched", refusal.Message);
        Assert.Equal($"./build.sh Restore --drop-old {outcome.Replaced} --confirm {outcome.Replaced}", refusal.Hint);
        Assert.True(await old.DropAsync(outcome.Replaced, Token) > 0);
        Assert.Empty(await bench.OthersAsync());
    }

    [Fact]
    public async Task A_value_that_no_manifest_tells_is_taken_from_the_database_that_is_replaced()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Name} SET app.token = 'hidden value'", Token);
        var manifest = await bench.TakeAsync();

        await bench.RestoreAsync(bench.Request(manifest, $"{Name}_copy"));
        await bench.RestoreAsync(bench.Request(manifest));

        Assert.Equal("hidden value", await bench.AskAsync(Name, "SHOW app.token"));
        Assert.Equal("", await bench.AskAsync($"{Name}_copy", "SELECT current_setting('app.token', true)"));
        Assert.Matches(
            $"^Not restored: ALTER DATABASE \"{Name}_copy_restoring_[0-9_]+\" SET \"app\".\"token\": the value stands in the dump alone "
                + "\\(Hint: set it by hand\\)$",
            Assert.Single(bench.Output.Warnings));
    }

    [Fact]
    public async Task Refuses_while_somebody_is_connected_and_ends_sessions_where_that_was_said()
    {
        var manifest = await bench.TakeAsync();
        await using var held = await new DatabaseConnector(Database.Target).OpenAsync("x", Token);
        await using (var command = new NpgsqlCommand("SET application_name = 'shop'", held))
        {
            await command.ExecuteNonQueryAsync(Token);
        }


        var refusal = await Assert.ThrowsAsync<RestoreRefusedException>(() => bench.RestoreAsync(bench.Request(manifest)));
        Assert.Equal(
            $"A database that somebody is connected to cannot be replaced, and to {Name} are: shop as {Database.Target.Username}: 1. "
                + "Nothing was touched.",
            refusal.Message);
        Assert.Empty(await bench.OthersAsync());

        var outcome = await bench.RestoreAsync(bench.Request(manifest) with { EndsSessions = true });
        Assert.Equal([outcome.Replaced!], await bench.OthersAsync());
    }

    [Fact]
    public async Task Keeps_a_whole_restore_under_a_name_of_its_own_when_somebody_connected_meanwhile()
    {
        var manifest = await bench.TakeAsync();
        var preview = await bench.Runner.PreviewAsync(bench.Request(manifest), Token);
        await using var held = await new DatabaseConnector(Database.Target).OpenAsync("x", Token);

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => bench.Runner.RunAsync(preview, Token));

        var kept = Assert.Single(await bench.OthersAsync());
        Assert.Matches($"^{Name}_restored_[0-9]{{8}}_[0-9]{{6}}$", kept);
        Assert.Equal(
            $"Backup {manifest.Id} is restored as {kept}, whole and compared, and could not be named {Name}: database \"{Name}\" is "
                + $"being accessed by other users (There is 1 other session using the database.)\n{Name} is as before.",
            failure.Message);
        Assert.Matches(
            $"^When nobody is connected any more, in another database: ALTER DATABASE \"{Name}\" RENAME TO "
                + $"\"{Name}_replaced_[0-9_]+\"; ALTER DATABASE \"{kept}\" RENAME TO \"{Name}\";$",
            failure.Hint);
        Assert.Equal("200", await bench.AskAsync(kept, "SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_backup_that_does_not_restore_leaves_the_database_as_before_and_nothing_beside_it()
    {
        await bench.TakeAsync();
        await Database.ExecuteAsync(
            "CREATE FUNCTION is_first() RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM public.item)'; "
                + "CREATE TABLE a_first (id int CHECK (is_first())); INSERT INTO a_first VALUES (1)",
            Token);
        var manifest = await bench.Backups.TakeAsync(Database.Target, new BackupSettings());

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => bench.RestoreAsync(bench.Request(manifest)));

        Assert.StartsWith($"Backup {manifest.Id} does not restore into an empty database: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"\n{Name} is as before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.RecoveryFailed, failure.ExitCode);
        Assert.Empty(await bench.OthersAsync());
        Assert.Equal("200", await bench.AskAsync(Name, "SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_damaged_backup_restores_nothing_and_loses_its_proof()
    {
        var manifest = await bench.TakeAsync();
        var bytes = await File.ReadAllBytesAsync(bench.Backups.PathOf(manifest), Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(bench.Backups.PathOf(manifest), bytes, Token);

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => bench.RestoreAsync(bench.Request(manifest)));

        Assert.EndsWith($"\n{Name} is as before.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await bench.OthersAsync());
        Assert.Equal(ProofLevel.None, (await bench.Backups.ReadAsync(manifest)).ProofLevel);
    }

    [Fact]
    public async Task A_cancelled_restore_leaves_nothing()
    {
        var manifest = await bench.TakeAsync();
        var preview = await bench.Runner.PreviewAsync(bench.Request(manifest), Token);
        using var cancellation = new CancellationTokenSource();

        var run = bench.Runner.RunAsync(preview, cancellation.Token);
        await CancelWhenBegunAsync(cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(await bench.OthersAsync());
    }

    [Fact]
    public async Task The_next_restore_drops_what_a_killed_one_left_and_nothing_else()
    {
        var manifest = await bench.TakeAsync();
        var left = $"{Name}_restoring_left";
        await bench.AskAsync("postgres", $"CREATE DATABASE {left}");
        await bench.AskAsync("postgres", $"COMMENT ON DATABASE {left} IS 'Belay restores a backup into this database; it is not whole.'");
        await bench.AskAsync("postgres", $"CREATE DATABASE {Name}_restoring_by_hand");

        await bench.RestoreAsync(bench.Request(manifest, $"{Name}_copy"));

        Assert.Equal([$"{Name}_copy", $"{Name}_restoring_by_hand"], await bench.OthersAsync());
        Assert.Contains($"      Dropped {left}, which a killed restore left half-done", bench.Output.Lines);
    }

    [Fact]
    public async Task Fills_an_empty_database_without_a_confirmation_and_makes_one_that_is_missing()
    {
        var manifest = await bench.TakeAsync();
        await bench.AskAsync("postgres", $"CREATE DATABASE {Name}_empty");
        var empty = bench.Request(manifest) with { Target = Database.Target with { Database = $"{Name}_empty" } };
        var missing = bench.Request(manifest) with { Target = Database.Target with { Database = $"{Name}_missing" } };

        var preview = await bench.Runner.PreviewAsync(empty, Token);
        preview.Confirm();
        Assert.Null((await bench.Runner.RunAsync(preview, Token)).Replaced);
        Assert.Null((await bench.RestoreAsync(missing)).Replaced);

        Assert.Equal([$"{Name}_empty", $"{Name}_missing"], await bench.OthersAsync());
        Assert.Equal(
            "200 200",
            $"{await bench.AskAsync($"{Name}_empty", "SELECT count(*) FROM item")} "
                + $"{await bench.AskAsync($"{Name}_missing", "SELECT count(*) FROM item")}");
    }

    [Fact]
    public async Task Refuses_what_cannot_be_done_before_anything_is_touched()
    {
        var manifest = await bench.TakeAsync();
        var taken = await Assert.ThrowsAsync<RestoreRefusedException>(() => bench.RestoreAsync(bench.Request(manifest, Name)));
        Assert.Equal($"There is a database {Name} already, and --to-new makes a new one. Nothing was touched.", taken.Message);

        var roles = await Assert.ThrowsAsync<RestoreRefusedException>(
            () => bench.RestoreAsync(bench.Request(manifest with { Owners = ["gone owner"] }, $"{Name}_copy")));
        Assert.Equal($"The server has not the role gone owner, which backup {manifest.Id} names. Nothing was touched.", roles.Message);

        var mere = await Database.CreateRoleAsync(Token);
        var creation = await Assert.ThrowsAsync<RestoreRefusedException>(
            () => bench.RestoreAsync(bench.Request(manifest, $"{Name}_copy") with { Target = mere }));
        Assert.Equal(
            $"The role {mere.Username} may not make databases, and a backup is restored into a new one. Nothing was touched.",
            creation.Message);

        var unconfirmed = Assert.Throws<SettingsException>((await bench.Runner.PreviewAsync(bench.Request(manifest), Token)).Confirm);
        Assert.Equal($"The restore in place of {Name} is not confirmed; nothing was touched", unconfirmed.Message);
        Assert.Equal(
            $"./build.sh Restore --backup {manifest.Id} --confirm {Name}; or beside it: ./build.sh Restore --backup {manifest.Id} "
                + $"--to-new {Name}_restored",
            unconfirmed.Hint);
        Assert.Empty(await bench.OthersAsync());
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("test_replaced_20260101")]
    public async Task Drops_no_database_that_no_restore_has_put_aside(string name)
    {
        var refusal = await Assert.ThrowsAsync<SettingsException>(
            () => new ReplacedDatabase(Database.Target, name).DropAsync(name, Token));
        Assert.Equal($"'{name}' is not a database that a restore has replaced with {Name}; nothing was touched", refusal.Message);
    }

    private async Task CancelWhenBegunAsync(CancellationTokenSource cancellation)
    {
        while ((await bench.OthersAsync()).Count == 0)
        {
            await Task.Delay(5, Token);
        }

        await cancellation.CancelAsync();
    }
}
