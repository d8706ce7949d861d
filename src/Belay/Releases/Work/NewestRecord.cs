using System.Text.Json;
using Belay.Reporting;
using Belay.Reporting.Chain;
using Belay.Storage;

namespace Belay.Releases.Work;

/// <summary>Finds the record of the newest release that applied migrations, on this machine and in the store.</summary>
internal static class NewestRecord
{
    private const int Most = 50;

    /// <summary>The newest one; null when there is none. What cannot be read is passed over.</summary>
    /// <param name="hasStore">Whether the store can be read.</param>
    public static async Task<ReleaseRecord?> FindAsync(ReleaseRun run, bool hasStore, CancellationToken cancellationToken)
    {
        ReleaseRecord?[] found = [Local(run), hasStore ? await StoredAsync(run, cancellationToken) : null];
        return found.OfType<ReleaseRecord>().MaxBy(record => record.FinishedUtc);
    }

    private static ReleaseRecord? Local(ReleaseRun run)
        => !Directory.Exists(run.Record.Folder) ? null : Directory.EnumerateFiles(run.Record.Folder, "release-*.json")
            .OrderByDescending(file => file, StringComparer.Ordinal)
            .Take(Most)
            .Select(Read)
            .OfType<ReleaseRecord>()
            .Where(record => IsRelease(record) && (run.Settings.Database is not { } target || record.Database == target.DisplayName))
            .MaxBy(record => record.FinishedUtc);

    private static async Task<ReleaseRecord?> StoredAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.DatabaseName is not { } database)
        {
            return null;
        }

        var chain = new RecordChain(run.Store, database);
        var numbers = new Queue<long>();
        await foreach (var (number, _) in chain.ListAsync(cancellationToken))
        {
            numbers.Enqueue(number);
            _ = numbers.Count > Most && numbers.TryDequeue(out _);
        }

        foreach (var number in numbers.Reverse())
        {
            try
            {
                if ((await chain.ReadAsync(number, cancellationToken)).Record is var record && IsRelease(record))
                {
                    return record;
                }
            }
            catch (Exception fault) when (fault is StoreException or JsonException or BelayException)
            {
                // VerifyRecords says what is wrong with it; an older one may still be read.
                continue;
            }
        }

        return null;
    }

    private static bool IsRelease(ReleaseRecord record) => record.Migrations.Count > 0 || record.Migrator is not null;

    private static ReleaseRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ReleaseRecord>(File.ReadAllText(file), ReleaseJson.Reading);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
