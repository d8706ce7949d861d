using System.Net;
using System.Net.Sockets;
using Belay.Postgres;
using Build.Tests.Support;
using Npgsql;

namespace Build.Tests.Releases;

/// <summary>kill -9 on the way back: a restore leaves the old database serving or the new one, never none, and a rollback leaves whole
/// migrations; the next run clears away what stayed, and says so.</summary>
[Long]
[Collection(nameof(RestoringCollection))]
public sealed class KilledRecoveryTests(ReleaseWorld world)
{
    [Fact]
    public Task Killed_while_the_new_database_is_filled() => RunAsync(async (release, restore) =>
    {
        await AskAsync($"CREATE ROLE pause_{release.Database}");
        using (var running = restore())
        {
            await UntilAsync($"datname LIKE '{release.Database}\\_restoring%' AND wait_event = 'PgSleep'", running);
            await KillAsync(running);
        }

        await AskAsync($"DROP ROLE pause_{release.Database}");
        Assert.Equal((9L, 1), (await UsersAsync(release), await CountAsync(release, "restoring")));
        using var next = restore();
        (await next.EndAsync(Token)).MustExitWith(0).MustPrint("which a killed restore left half-done");
    });

    [Fact]
    public Task Killed_before_the_swap() => RunAsync(async (release, restore) =>
    {
        await using var holder = await HoldAsync(release.Database);
        using (var running = restore())
        {
            await UntilAsync($"wait_event_type = 'Lock' AND query LIKE 'ALTER DATABASE%{release.Database}%'", running);
            await KillAsync(running);
        }

        await holder.DisposeAsync();
        await EndedAsync(release);
        Assert.Equal((9L, 1), (await UsersAsync(release), await CountAsync(release, "restoring")));
        using var next = restore();
        (await next.EndAsync(Token)).MustExitWith(0).MustPrint("which a killed restore left half-done");
    });

    [Fact]
    public Task Killed_between_the_two_renamings() => RunAsync(async (release, restore) =>
    {
        await using var first = await HoldAsync(release.Database);
        using (var running = restore())
        {
            await UntilAsync($"wait_event_type = 'Lock' AND query LIKE 'ALTER DATABASE%{release.Database}%'", running);
            await using var second = await HoldAsync(await NameAsync(release, "restoring"));
            await first.DisposeAsync();
            await UntilAsync($"wait_event_type = 'Lock' AND query LIKE '%RENAME TO \"{release.Database}\"'", running);
            await KillAsync(running);
        }

        await EndedAsync(release);
        Assert.Equal(
            (9L, 1, 0),
            (await UsersAsync(release), await CountAsync(release, "restoring"), await CountAsync(release, "replaced")));
        using var next = restore();
        (await next.EndAsync(Token)).MustExitWith(0).MustPrint("which a killed restore left half-done");
    });

    [Fact]
    public Task Killed_after_the_swap() => RunAsync(async (release, restore) =>
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/login";
        using (var running = restore(("SMOKE_URL", url)))
        {
            await UntilAsync(async () => await CountAsync(release, "replaced") == 1, running);
            await KillAsync(running);
            Assert.Contains($"{await NameAsync(release, "replaced")} is what the database that is there gets called", running.Output,
                StringComparison.Ordinal);
        }

        Assert.Equal((15L, 0), (await UsersAsync(release), await CountAsync(release, "restoring")));
        var replaced = await NameAsync(release, "replaced");
        using var next = restore();
        (await next.EndAsync(Token)).MustExitWith(0)
            .MustPrint($"put aside by an earlier restore: {replaced}; when nobody needs it: ./build.sh Restore --drop-old {replaced} "
                + $"--confirm {replaced}");
        Assert.Equal((15L, 2), (await UsersAsync(release), await CountAsync(release, "replaced")));
    });

    [Fact]
    public async Task Killed_between_two_migrations_of_a_rollback()
    {
        await using var release = await world.NewReleaseAsync(Token);
        foreach (var (version, column) in new[] { (2, "b"), (3, "c"), (4, "d") })
        {
            var pause = version == 3 ? $"SELECT pg_sleep(600) FROM pg_roles WHERE rolname = 'pause_{release.Database}';\n" : "";
            await WriteAsync(release, $"000{version}_{column}.sql", $"ALTER TABLE \"user\" ADD {column} integer;\n");
            await WriteAsync(release, $"000{version}_{column}.rollback.sql", $"{pause}ALTER TABLE \"user\" DROP {column};\n");
        }

        await release.RunAsync("Migrate");
        await AskAsync($"CREATE ROLE pause_{release.Database}");
        string[] rollback = ["Rollback", "--to", "1", "--confirm", release.Database];
        using (var running = release.Start(rollback))
        {
            await UntilAsync($"datname = '{release.Database}' AND wait_event = 'PgSleep'", running);
            await KillAsync(running);
        }

        await EndedAsync(release);
        await AskAsync($"DROP ROLE pause_{release.Database}");
        Assert.Equal("b,c", await AddedAsync(release));
        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("3 applied, 1 pending");
        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5).MustPrint("the last rollback");
        (await release.BuildAsync(rollback)).MustExitWith(0).MustPrint("0003_c").MustPrint("0002_b");
        Assert.Equal("", await AddedAsync(release));
        Assert.Equal(
            "4,3,2",
            await release.ScalarAsync("SELECT string_agg(version::text, ',' ORDER BY rolled_back_at) FROM belay.rollback"));
    }

    private delegate RunningBuild Restore(params (string Name, string Value)[] besides);

    /// <summary>A release whose database lost six users since its newest backup, and what starts the restore of that.</summary>
    private async Task RunAsync(Func<ReleaseUnderTest, Restore, Task> test)
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await release.ExecuteAsync(
            $"""
            CREATE FUNCTION paused(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_sleep(600) FROM pg_roles WHERE rolname = 'pause_{release.Database}' AND current_database() LIKE '%restoring%';
                RETURN $1;
            END $$;
            CREATE TABLE slow AS SELECT 1 AS id;
            CREATE INDEX ON slow (paused(id));
            """);
        var superuser = world.Server.Target(release.Database);
        var address = $"postgresql://{superuser.Username}:{superuser.Password!.Reveal()}@127.0.0.1:{world.Server.Port}/{release.Database}";
        var older = release.Manifests;
        await release.RunAsync(new Dictionary<string, string?> { ["DATABASE_URL"] = address }, "Backup");
        await release.ExecuteAsync("DELETE FROM \"user\" WHERE id > 9");
        var id = Path.GetFileName(Assert.Single(release.Manifests.Except(older))).Split('.')[0];
        try
        {
            await test(
                release,
                besides => release.Start(
                    new Dictionary<string, string?>(besides.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
                    {
                        ["DATABASE_URL"] = address,
                    },
                    "Restore", "--backup", id, "--confirm", release.Database, "--end-sessions", "--smoke-deadline", "30s"));
        }
        finally
        {
            foreach (var kind in new[] { "restoring", "replaced" })
            {
                while (await NameAsync(release, kind) is { Length: > 0 } name)
                {
                    await AskAsync($"DROP DATABASE \"{name}\" WITH (FORCE)");
                }
            }
        }
    }

    private static Task WriteAsync(ReleaseUnderTest release, string file, string text)
        => File.WriteAllTextAsync(Path.Combine(release.Migrations, file), text, Token);

    /// <summary>A session that keeps a database from being renamed.</summary>
    private async Task<NpgsqlConnection> HoldAsync(string database)
    {
        var connection = await new DatabaseConnector(world.Server.Target("postgres")).OpenAsync("test", Token);
        await connection.ExecuteAsync($"BEGIN; COMMENT ON DATABASE \"{database}\" IS 'held'", Token);
        return connection;
    }

    private static async Task KillAsync(RunningBuild running)
    {
        running.KillHard();
        (await running.EndAsync(Token)).MustExitWith(137);
    }

    private Task UntilAsync(string sessions, RunningBuild? running)
        => UntilAsync(async () => await AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE {sessions}") is > 0L, running);

    /// <summary>Waits until the server has noticed that its clients are gone.</summary>
    private Task EndedAsync(ReleaseUnderTest release) => UntilAsync(
        async () => await AskAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'belay restore' OR (application_name IN ('belay migrate', "
                + $"'belay lock') AND datname = '{release.Database}')") is 0L,
        null);

    private static async Task UntilAsync(Func<Task<bool>> condition, RunningBuild? running)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(
                attempt < 1200 && running?.Output.Contains("FAILED", StringComparison.Ordinal) != true,
                $"did not happen within a minute; the build printed:\n{running?.Output}");
            await Task.Delay(50, Token);
        }
    }

    /// <summary>Asks beside the release's database, which nobody can connect to while it is renamed.</summary>
    private Task<object?> AskAsync(string sql) => world.Server.Target("postgres").ScalarAsync(sql, CancellationToken.None);

    private static async Task<long> UsersAsync(ReleaseUnderTest release)
        => (long)(await release.ScalarAsync("SELECT count(*) FROM \"user\""))!;

    private static async Task<string> AddedAsync(ReleaseUnderTest release)
        => $"{await release.ScalarAsync(
            "SELECT string_agg(column_name, ',' ORDER BY 1) FROM information_schema.columns WHERE column_name IN ('b', 'c', 'd')")}";

    private async Task<string> NameAsync(ReleaseUnderTest release, string kind)
        => $"{await AskAsync($"SELECT min(datname) FROM pg_database WHERE datname LIKE '{release.Database}\\_{kind}\\_%'")}";

    private async Task<int> CountAsync(ReleaseUnderTest release, string kind)
        => (int)(long)(await AskAsync($"SELECT count(*) FROM pg_database WHERE datname LIKE '{release.Database}\\_{kind}\\_%'"))!;
}
