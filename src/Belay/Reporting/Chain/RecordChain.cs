using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Belay.Backups.Catalogue;
using Belay.Reporting.Facts;
using Belay.Storage;

namespace Belay.Reporting.Chain;

/// <summary>The records of one database in a store, each of which names the one before it.</summary>
internal sealed class RecordChain(IBackupStore store, string database)
{
    /// <summary>Two runs that end together want the same number; more than this many in a row do not.</summary>
    private const int Attempts = 50;

    /// <summary>How far back a record is looked for that may have been stored although nobody heard of it.</summary>
    private const int LookedBack = 50;

    /// <summary>The database's name.</summary>
    public string Database => database;

    /// <summary>The numbers and objects that there are, in the order of their numbers.</summary>
    /// <exception cref="StoreException">The store cannot be listed.</exception>
    public async IAsyncEnumerable<(long Number, StoredObject Found)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in store.ListAsync(RecordName.Prefix(database), cancellationToken))
        {
            if (RecordName.NumberOf(found.Name) is { } number)
            {
                yield return (number, found);
            }
        }
    }

    /// <summary>Reads one record.</summary>
    /// <exception cref="StoreException">It is missing or cannot be read.</exception>
    /// <exception cref="JsonException">It is no record.</exception>
    public async Task<SealedRecord> ReadAsync(long number, CancellationToken cancellationToken)
        => SealedRecord.Parse(await SmallObject.ReadAsync(store, RecordName.Of(database, number), cancellationToken));

    /// <summary>Stores a record behind the newest one. Nobody else can have its number: the store creates a name only once.</summary>
    /// <param name="record">The record; its link is made here.</param>
    /// <param name="cancellationToken">Stops the storing; the record is then there or not.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<SealedRecord> AddAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        using var signer = store.RecordKey is { } key ? new RecordSigner(key) : null;
        var manifest = await ManifestHashAsync(record, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var newest = await NewestAsync(cancellationToken);
            var previous = newest == 0 ? null : await HashAsync(RecordName.Of(database, newest), cancellationToken);
            var stored = SealedRecord.Make(record with { Link = new RecordLink(newest + 1, previous, manifest) }, signer);
            var name = RecordName.Of(database, newest + 1);
            try
            {
                await SmallObject.CreateAsync(store, name, stored.Bytes, cancellationToken);
                await store.ConfirmAsync(name, stored.Bytes, cancellationToken);
                return stored;
            }
            catch (StoreException) when (attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                if (await store.FindAsync(name, cancellationToken) is null)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>The stored record of a run; null when none of the newest ones is of it.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<SealedRecord?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        for (var number = newest; number > Math.Max(0, newest - LookedBack); number--)
        {
            if (await TryReadAsync(number, cancellationToken) is { } found && found.Record.RunId == runId)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<SealedRecord?> TryReadAsync(long number, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(number, cancellationToken);
        }
        catch (Exception fault) when (fault is StoreException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            // What is wrong with another record is not what is asked here; VerifyRecords says it.
            return null;
        }
    }

    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        var newest = 0L;
        await foreach (var (number, _) in ListAsync(cancellationToken))
        {
            newest = Math.Max(newest, number);
        }

        return newest;
    }

    /// <summary>The hash of a whole object as it is stored now.</summary>
    private async Task<string> HashAsync(string name, CancellationToken cancellationToken)
        => Convert.ToHexStringLower(SHA256.HashData(await SmallObject.ReadAsync(store, name, cancellationToken)));

    private async Task<string?> ManifestHashAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        if (record.Backup is not { Database: { } of, Id: { } id })
        {
            return null;
        }

        var name = BackupName.Stem(of, id) + BackupName.ManifestSuffix;
        return await store.FindAsync(name, cancellationToken) is null ? null : await HashAsync(name, cancellationToken);
    }
}
