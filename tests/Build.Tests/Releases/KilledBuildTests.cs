using System.Diagnostics;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Gate;
using Belay.Postgres;
using Build.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Build.Tests.Releases;

/// <summary>kill -9 in each phase that talks to the store: nothing unfinished is ever listed as a backup,
/// nothing stays behind, and the next run succeeds.</summary>
[Long]
public sealed class KilledBuildTests(ReleaseWorld world, AzureWorld azure)
{
    /// <summary>Title, the request at which the build is killed, which never reaches the store, and how many backups the store then has;
    /// none of them proven.</summary>
    public static TheoryData<string, string, string, int> Phases => new()
    {
        { "preflight, before the probe is deleted", "DELETE", "/belay-probe-", 0 },
        { "the first block of the dump", "PUT", ".dump.zst?comp=block&", 0 },
        { "the commit of the dump", "PUT", ".dump.zst?comp=blocklist", 0 },
        { "the roles, after the dump's commit", "PUT", ".globals.sql?comp=block&", 0 },
        { "the manifest, after the dump's commit", "PUT", ".manifest.json?comp=block&", 0 },
        { "the commit of the manifest", "PUT", ".manifest.json?comp=blocklist", 0 },
        { "the download of the proof", "GET", ".dump.zst HTTP", 1 },
        { "the proof's entry in the manifest", "PUT", ".manifest.json HTTP", 1 },
    };

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Killed_in(string title, string method, string part, int backups)
    {
        Assert.NotEmpty(title);
        await using var release = await world.NewReleaseAsync(Token);
        await using var store = await azure.NewStoreAsync(Token);
        store.Hold(method, part);
        using (var running = release.Start(store.Held, "Migrate"))
        {
            await store.ReachedAsync(running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        await LeavesNothingRunningAsync(release);
        var contents = await store.ReadAsync();
        Assert.Equal(backups, contents.Backups.Count);
        Assert.All(contents.Backups, backup => Assert.True(backup is { IsComplete: true, IsProven: false }));
        Assert.Empty(contents.Unreadable);
        await GateRefusesAsync(release, store);
        Assert.Equal(0, await release.CountNewColumnsAsync());

        await release.RunAsync(store.Direct, "Migrate");
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Single((await store.ReadAsync()).Backups, backup => backup.IsProven);
    }

    [Fact]
    public async Task Killed_in_a_cleanup_between_manifest_and_dump()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await using var store = await azure.NewStoreAsync(Token);
        var old = await TakeAsync(release, store, 10);
        await release.RunAsync(store.Direct, "Backup");
        store.Hold("DELETE", ".dump.zst");
        using (var running = release.Start(store.Held, "CleanupBackups"))
        {
            await store.ReachedAsync(running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        var contents = await store.ReadAsync();
        Assert.True(Assert.Single(contents.Backups).IsProven);
        Assert.Equal([old.ObjectName, old.GlobalsName!], contents.Orphans.Select(orphan => orphan.Name));
        (await release.BuildAsync(store.Direct, "VerifyBackup", "--backup", old.Id))
            .MustExitWith(4)
            .MustPrint($"'{old.ObjectName}' has no manifest, so it is no backup.");
        (await release.BuildAsync(store.Direct, "CleanupBackups")).MustExitWith(0).MustPrint("Deleted 0, freed 0 B, kept 3.");
    }

    [Fact]
    public async Task Killed_while_a_scratch_server_runs()
    {
        await using var release = await world.NewReleaseAsync(Token);
        using (var running = release.Start("Backup", "--proof-level", "restored"))
        {
            await UntilAsync(() => Task.FromResult(Scratch(release).Count > 0), running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        var left = Scratch(release).ConvertAll(RealPath.Of);
        Assert.NotEmpty(left);
        await LeavesNothingRunningAsync(release);
        (await release.BuildAsync("VerifyBackup", "--proof-level", "restored")).MustExitWith(0).MustPrint("proven by restored");
        Assert.Empty(Scratch(release));
        Assert.All(left, folder => Assert.False(Directory.Exists(folder)));
        Assert.Empty(Programs("postgres", place => left.Exists(folder => place.StartsWith(folder, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Killed_in_a_verification()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        var checks = Path.Combine(release.Migrations, "0001_add_user_analysis_preferences.verify.sql");
        var written = await File.ReadAllTextAsync(checks, Token);
        await File.WriteAllTextAsync(checks, "-- check: slow\n-- report\nSELECT pg_sleep(15);\n", Token);
        using (var running = release.Start("Verify"))
        {
            await UntilAsync(
                async () => await release.ScalarAsync(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") is 1L, running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        await LeavesNothingRunningAsync(release);
        await File.WriteAllTextAsync(checks, written, Token);
        (await release.BuildAsync("Verify", "SmokeTest")).MustExitWith(0);
    }

    [Fact]
    public async Task Killed_in_a_smoke_test()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await using var blocker = await release.OpenAsync();
        await blocker.ExecuteAsync("BEGIN; LOCK TABLE \"user\" IN ACCESS EXCLUSIVE MODE", Token);
        using (var running = release.Start("SmokeTest", "--smoke-deadline", "10min"))
        {
            await UntilAsync(
                async () => await release.ScalarAsync(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is 1L,
                    running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        await blocker.ExecuteAsync("ROLLBACK", Token);
        (await release.BuildAsync("Migrate")).MustExitWith(0).MustPrint("login");
    }

    /// <summary>No session of Belay or of a program that it started is left on the server, and no such program runs.</summary>
    private static async Task LeavesNothingRunningAsync(ReleaseUnderTest release)
    {
        await UntilAsync(
            async () => await release.CountBelaySessionsAsync() == 0
                && Programs("pg_dump", _ => true, $"PGDATABASE={release.Database}").Count == 0, null);
    }

    private static async Task GateRefusesAsync(ReleaseUnderTest release, HeldStore store)
    {
        await using var connection = await release.OpenAsync();
        var target = await GateTargetReader.ReadAsync(connection, Token);
        await Assert.ThrowsAsync<GateException>(
            () => new BackupGate(store.Store, new BackupSettings(), TimeProvider.System).DemandAsync(target, Token));
    }

    private async Task<BackupManifest> TakeAsync(ReleaseUnderTest release, HeldStore store, int daysAgo)
    {
        var request = new BackupRequest { Database = world.Server.Target(release.Database), TemporaryFolder = release.Root };
        return await new BackupRunner(
            store.Store, world.Server.Tools, new TestOutput(), new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-daysAgo)))
                .RunAsync(request, Token);
    }

    private static List<string> Scratch(ReleaseUnderTest release)
    {
        var parent = Path.Combine(release.Root, ".nuke", "temp");
        return Directory.Exists(parent) ? [.. Directory.EnumerateDirectories(parent, "scratch-*")] : [];
    }

    /// <summary>The processes of a name, by their working folder and a variable of theirs.</summary>
    private static List<string> Programs(string name, Func<string, bool> works, string variable = "")
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-eo", "pid=,comm="]) { RedirectStandardOutput = true })!;
        return [.. list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2)).Where(parts => parts[1] == name).Select(parts => $"/proc/{parts[0]}")
            .Where(
                process => works(new FileInfo(Path.Combine(process, "cwd")).LinkTarget ?? "")
                    && Environment(process).Contains(variable, StringComparison.Ordinal))];
    }

    private static string Environment(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, RunningBuild? running)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 2400, $"did not happen within two minutes; the build printed:\n{running?.Output}");
            await Task.Delay(50, Token);
        }
    }
}
