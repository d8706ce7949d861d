using System.Text.Json;
using Belay.Storage;

namespace Belay.Reporting.Chain;

/// <summary>Goes through the records of a database from the first to the last, with one of them in memory at a time.</summary>
/// <param name="keys">The keys that a signature may be of; none to check no signatures.</param>
internal sealed class RecordWalk(RecordChain chain, IReadOnlyList<RecordPublicKey> keys)
{
    private readonly RecordWalkReport report = new();
    private SealedRecord? previous;
    private long expected = 1;

    /// <summary>The dumps that the store has, by the ids of their backups: the hash that each manifest says. The default is none.</summary>
    public IReadOnlyDictionary<string, string> Dumps { get; init; } = new Dictionary<string, string>();

    /// <summary>Told of every record that is as it was stored. The default is nobody.</summary>
    public Action<ReleaseRecord> Seen { get; init; } = _ => { };

    /// <summary>Walks.</summary>
    /// <exception cref="RecordException">Names the first record that was changed, left out or put elsewhere, or is not signed.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<RecordWalkReport> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (number, found) in chain.ListAsync(cancellationToken))
        {
            if (number != expected)
            {
                throw Fault(expected, $"is missing: after it comes record {number}, so that it was left out");
            }

            var record = await ReadAsync(number, found, cancellationToken);
            DemandSigned(number, record);
            DemandPlace(number, record);
            DemandBackup(number, record);
            report.Count(number, record);
            Seen(record.Record);
            (previous, expected) = (record, number + 1);
        }

        if (keys.Count > 0 && report is { Records: > 0, Signed: 0 })
        {
            throw Fault(
                1, "is not signed, and none after it is, though there is a key: whoever can write to the store can have made them");
        }

        return report;
    }

    private async Task<SealedRecord> ReadAsync(long number, StoredObject found, CancellationToken cancellationToken)
    {
        try
        {
            return await chain.ReadAsync(number, cancellationToken);
        }
        catch (JsonException fault)
        {
            throw Fault(number, $"was changed: '{found.Name}' is no record any more: {fault.Message}");
        }
    }

    /// <summary>Records from before there was a key are covered by the first signature after them, which is over the hash of the last of
    /// them; one without a signature behind a signed one is nobody's.</summary>
    private void DemandSigned(long number, SealedRecord record)
    {
        if (keys.Count == 0 || (record.Seal is null && report.Signed == 0))
        {
            return;
        }

        var seal = record.Seal ?? throw Fault(number, $"is not signed, though record {number - 1} is");

        if (keys.FirstOrDefault(key => key.Id == seal.KeyId) is not { } known)
        {
            throw Fault(number, $"is signed with the key {seal.KeyId}, and trusted is {string.Join(", ", keys)}");
        }

        if (!record.IsSignedWith(known))
        {
            throw Fault(number, "was changed: its signature is not one over what it says now");
        }
    }

    private void DemandPlace(long number, SealedRecord record)
    {
        var link = record.Record.Link ?? throw Fault(number, "was changed: it does not say which number it has");
        if (link.Number != number)
        {
            throw Fault(number, $"is record {link.Number} in another's place: their order was changed");
        }

        if (link.PreviousSha256 != previous?.Sha256)
        {
            throw number == 1
                ? Fault(number, "names one before it: records before it were left out")
                : Fault(number - 1, $"is not the one that record {number} was written after: it was changed, or put in another's place");
        }
    }

    private void DemandBackup(long number, SealedRecord record)
    {
        if (record.Record.Backup is { Sha256: { } hash } backup && Dumps.TryGetValue(backup.Id, out var now) && now != hash)
        {
            throw Fault(number, $"is of backup {backup.Id} with the SHA-256 {hash}, and the manifest of that backup says {now} now");
        }
    }

    private RecordException Fault(long number, string what) => new(
        $"Record {number} of {chain.Database} {what}. {Before(number)}",
        "ask who can write to the store; a copy of the record is in artifacts/ of the machine or the pipeline that made it; "
            + "./build.sh Status --releases lists what the others say");

    private string Before(long number) => Math.Min(report.Records, number - 1) switch
    {
        0 => "It is the first.",
        1 => "The record before it is as it was stored.",
        var count => $"The {count} records before it are as they were stored.",
    };
}
