using System.Security.Cryptography;
using Belay.Reporting;
using Belay.Reporting.Chain;
using Belay.Reporting.Facts;
using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Chain;

/// <summary>Chains of records to be damaged.</summary>
internal static class Chains
{
    public const string Database = "shop";

    public static readonly BackupKey Key = BackupKey.TryParse("YmVsYXktcmVjb3JkLWtleS1vZi10aGUtdGVzdHMtMDE=")!;

    public static BackupKey AnotherKey { get; } = BackupKey.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))!;

    /// <summary>A store with so many records, signed where there is a key.</summary>
    public static async Task<MemoryStore> OfAsync(int count, BackupKey? key = null)
    {
        var store = new MemoryStore { RecordKey = key };
        await AddAsync(store, count);
        return store;
    }

    /// <summary>Adds so many records.</summary>
    public static async Task AddAsync(IBackupStore store, int count)
    {
        foreach (var _ in Enumerable.Range(0, count))
        {
            await new RecordChain(store, Database).AddAsync(Records.Succeeded() with { RunId = Guid.NewGuid().ToString("N")[..8] }, Token);
        }
    }

    public static string Name(int number) => RecordName.Of(Database, number);

    /// <summary>Puts another text where one stands in a stored record.</summary>
    public static void Edit(MemoryStore store, int number, string text, string other)
    {
        var before = System.Text.Encoding.UTF8.GetString(store.Bytes(Name(number)));
        Assert.Contains(text, before, StringComparison.Ordinal);
        store.Put(Name(number), System.Text.Encoding.UTF8.GetBytes(before.Replace(text, other, StringComparison.Ordinal)));
    }

    /// <summary>Makes all records from one on anew, as somebody would who can write to the store.</summary>
    public static void Forge(MemoryStore store, int from, BackupKey? key, Func<ReleaseRecord, ReleaseRecord> change)
    {
        using var signer = key is null ? null : new RecordSigner(key);
        for (var number = from; store.Names.Contains(Name(number)); number++)
        {
            var previous = number == 1 ? null : SealedRecord.Parse(store.Bytes(Name(number - 1))).Sha256;
            var record = SealedRecord.Parse(store.Bytes(Name(number))).Record;
            var changed = (number == from ? change(record) : record) with { Link = new RecordLink(number, previous, null) };
            store.Put(Name(number), SealedRecord.Make(changed, signer).Bytes.ToArray());
        }
    }

    public static RecordPublicKey PublicOf(BackupKey key)
    {
        using var signer = new RecordSigner(key);
        return signer.PublicKey;
    }

    public static Task<RecordWalkReport> WalkAsync(IBackupStore store, params BackupKey[] keys)
        => new RecordWalk(new RecordChain(store, Database), [.. keys.Select(PublicOf)]).RunAsync(Token);
}
