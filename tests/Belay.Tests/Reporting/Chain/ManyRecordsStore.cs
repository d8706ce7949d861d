using System.Runtime.CompilerServices;
using Belay.Reporting.Chain;
using Belay.Reporting.Facts;
using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Chain;

/// <summary>A store that makes its records when they are read, one after the other, and keeps none.</summary>
internal sealed class ManyRecordsStore(int count, BackupKey key) : MemoryStore, IBackupStore
{
    /// <summary>The least size of a record in bytes.</summary>
    private const int SizeOfEach = 20_000;

    private string? previous;

    async IAsyncEnumerable<StoredObject> IBackupStore.ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var number in Enumerable.Range(1, count))
        {
            yield return new StoredObject(Chains.Name(number), SizeOfEach, Records.Started, "1");
        }
    }

    Task<Stream> IBackupStore.OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        using var signer = new RecordSigner(key);
        var record = Records.Succeeded() with
        {
            Message = new string('x', SizeOfEach),
            Link = new RecordLink(RecordName.NumberOf(name)!.Value, previous, null),
        };
        var stored = SealedRecord.Make(record, signer);
        previous = stored.Sha256;
        return Task.FromResult<Stream>(new MemoryStream(stored.Bytes.ToArray(), writable: false));
    }
}
