using System.Globalization;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>Looks for the pg_dump of one database, on the machine and on the server.</summary>
internal sealed class DumpWatch(TestDatabase database)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until pg_dump waits for a table's lock.</summary>
    public Task WaitsForLockAsync(Task backup) => UntilAsync(async () => await SessionsAsync("AND wait_event_type = 'Lock'") == 1, backup);

    /// <summary>No pg_dump of this database runs or has a session, and no session holds the snapshot.</summary>
    public async Task IsGoneAsync()
    {
        Assert.Equal(0, await SessionsAsync(""));
        Assert.Empty(ProcessIds());
        await UntilAsync(async () => await CountAsync("application_name LIKE 'belay backup%'") == 0, null);
    }

    /// <summary>The pg_dump processes of this database, read from /proc; none where there is no /proc.</summary>
    public IReadOnlyList<int> ProcessIds() => !OperatingSystem.IsLinux() ? [] :
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(
                id => Read(id, "comm") == "pg_dump\n"
                    && Read(id, "environ").Split('\0').Contains($"PGDATABASE={database.Target.Database}"))];

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, Task? backup)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Limit);
        while (!await condition())
        {
            Assert.False(backup is { IsCompleted: true }, "The backup ended before what was waited for.");
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    private Task<long> SessionsAsync(string condition) => CountAsync($"application_name ~ '^belay backup [0-9]' {condition}");

    private async Task<long> CountAsync(string condition)
        => (long)(await database.ScalarAsync(
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {condition}",
            Token))!;
}
