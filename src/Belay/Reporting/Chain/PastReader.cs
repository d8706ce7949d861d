using System.Text.Json;
using Belay.Storage;

namespace Belay.Reporting.Chain;

/// <summary>Reads a database's past from its stored records.</summary>
internal static class PastReader
{
    /// <summary>More are counted and not read: each is a request to the store.</summary>
    public const int Most = 50;

    /// <summary>Reads the newest records. One that cannot be read stands in the list with the reason.</summary>
    /// <exception cref="StoreException">The store cannot be listed.</exception>
    public static async Task<PastReleases> ReadAsync(RecordChain chain, CancellationToken cancellationToken)
    {
        var count = 0L;
        var newest = new Queue<long>();
        await foreach (var (number, _) in chain.ListAsync(cancellationToken))
        {
            count++;
            newest.Enqueue(number);
            if (newest.Count > Most)
            {
                newest.Dequeue();
            }
        }

        var releases = new List<StatusRelease>();
        foreach (var number in newest.Reverse())
        {
            releases.Add(await ReadAsync(chain, number, cancellationToken));
        }

        return new PastReleases(chain.Database, count, releases);
    }

    private static async Task<StatusRelease> ReadAsync(RecordChain chain, long number, CancellationToken cancellationToken)
    {
        try
        {
            return StatusRelease.Of(number, (await chain.ReadAsync(number, cancellationToken)).Record);
        }
        catch (Exception fault) when (fault is StoreException or DamagedObjectException or JsonException)
        {
            return new StatusRelease(number, null, [], null) { Fault = fault.Message };
        }
    }
}
