using Belay.Reporting.Chain;
using Belay.Reporting.Facts;
using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Chain;

public sealed class RecordWalkTests
{
    private const string Forged = "build-666";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Records_as_they_were_stored_are_whole(int count)
    {
        var unsigned = await Chains.WalkAsync(await Chains.OfAsync(count));
        var signed = await Chains.WalkAsync(await Chains.OfAsync(count, Chains.Key), Chains.Key);

        Assert.Equal((count, 0), (unsigned.Records, unsigned.Signed));
        Assert.Equal((count, count), (signed.Records, signed.Signed));
        Assert.Equal(count == 0 ? null : Records.Started, signed.FirstUtc);
    }

    [Fact]
    public async Task A_record_that_was_changed_is_named_by_its_signature()
    {
        var store = await Chains.OfAsync(5, Chains.Key);
        Chains.Edit(store, 3, "build-7", Forged);

        Assert.Equal(
            "Record 3 of shop was changed: its signature is not one over what it says now. "
                + "The 2 records before it are as they were stored.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task A_record_that_was_changed_is_named_by_the_one_after_it_where_nobody_has_the_key()
    {
        var store = await Chains.OfAsync(5, Chains.Key);
        Chains.Edit(store, 3, "build-7", Forged);

        Assert.Equal(
            "Record 3 of shop is not the one that record 4 was written after: it was changed, or put in another's place. "
                + "The 2 records before it are as they were stored.",
            await FaultAsync(store));
    }

    [Fact]
    public async Task A_record_that_is_none_any_more_is_named()
    {
        var store = await Chains.OfAsync(2);
        store.Put(Chains.Name(2), "half of i"u8.ToArray());

        Assert.StartsWith(
            "Record 2 of shop was changed: 'shop/releases/00000002.json' is no record any more: ",
            await FaultAsync(store),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "Record 1 of shop is missing: after it comes record 2, so that it was left out. It is the first.")]
    [InlineData(
        2, "Record 2 of shop is missing: after it comes record 3, so that it was left out. The record before it is as it was stored.")]
    public async Task A_record_that_was_left_out_is_named(int number, string fault)
    {
        var store = await Chains.OfAsync(4, Chains.Key);
        store.Remove(Chains.Name(number));

        Assert.Equal(fault, await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task The_beginning_cannot_be_left_out_by_numbering_anew()
    {
        var store = await Chains.OfAsync(3, Chains.Key);
        store.Put(Chains.Name(1), store.Bytes(Chains.Name(2)));
        store.Put(Chains.Name(2), store.Bytes(Chains.Name(3)));
        store.Remove(Chains.Name(3));

        Assert.Equal(
            "Record 1 of shop is record 2 in another's place: their order was changed. It is the first.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task A_first_record_that_names_one_before_it_is_refused()
    {
        var store = new MemoryStore();
        var first = SealedRecord.Make(Records.Succeeded() with { Link = new RecordLink(1, new string('0', 64), null) }, null);
        store.Put(Chains.Name(1), first.Bytes.ToArray());

        Assert.Equal(
            "Record 1 of shop names one before it: records before it were left out. It is the first.", await FaultAsync(store));
    }

    [Fact]
    public async Task Records_whose_order_was_changed_are_named()
    {
        var store = await Chains.OfAsync(4, Chains.Key);
        var (second, third) = (store.Bytes(Chains.Name(2)), store.Bytes(Chains.Name(3)));
        store.Put(Chains.Name(2), third);
        store.Put(Chains.Name(3), second);

        Assert.Equal(
            "Record 2 of shop is record 3 in another's place: their order was changed. The record before it is as it was stored.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task Records_that_were_cut_off_at_the_end_are_not_seen_by_the_chain_alone()
    {
        var store = await Chains.OfAsync(4, Chains.Key);
        store.Remove(Chains.Name(4));

        Assert.Equal(3, (await Chains.WalkAsync(store, Chains.Key)).Records);
    }

    [Fact]
    public async Task Whoever_makes_all_records_anew_needs_the_key()
    {
        var store = await Chains.OfAsync(4, Chains.Key);
        Chains.Forge(store, 2, Chains.AnotherKey, record => record with { ExitCode = 0 });

        Assert.Equal(4, (await Chains.WalkAsync(store)).Records);
        Assert.Equal(
            $"Record 2 of shop is signed with the key {Chains.PublicOf(Chains.AnotherKey)}, and trusted is {Chains.PublicOf(Chains.Key)}. "
                + "The record before it is as it was stored.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task A_signature_that_was_taken_from_another_record_is_none()
    {
        var store = await Chains.OfAsync(2, Chains.Key);
        var (first, second) = (SealedRecord.Parse(store.Bytes(Chains.Name(1))), SealedRecord.Parse(store.Bytes(Chains.Name(2))));
        Chains.Edit(store, 2, second.Seal!.Signature, first.Seal!.Signature);

        Assert.StartsWith("Record 2 of shop was changed: its signature", await FaultAsync(store, Chains.Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_without_a_signature_behind_a_signed_one_is_named()
    {
        var store = await Chains.OfAsync(2, Chains.Key);
        Chains.Forge(store, 2, null, record => record);

        Assert.Equal(
            "Record 2 of shop is not signed, though record 1 is. The record before it is as it was stored.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task Records_without_any_signature_are_named_where_there_is_a_key()
    {
        var store = await Chains.OfAsync(2);

        Assert.Equal(
            "Record 1 of shop is not signed, and none after it is, though there is a key: whoever can write to the store can have made "
                + "them. It is the first.",
            await FaultAsync(store, Chains.Key));
    }

    [Fact]
    public async Task Records_from_before_there_was_a_key_are_covered_by_the_first_signature()
    {
        var before = await Chains.OfAsync(2);
        var store = new MemoryStore { RecordKey = Chains.Key };
        before.Names.ToList().ForEach(name => store.Put(name, before.Bytes(name)));
        await Chains.AddAsync(store, 2);

        var report = await Chains.WalkAsync(store, Chains.Key);
        Assert.Equal((4, 2), (report.Records, report.Signed));

        Chains.Edit(store, 1, "build-7", Forged);
        Assert.StartsWith("Record 1 of shop is not the one", await FaultAsync(store, Chains.Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_two_keys_are_whole_where_both_are_trusted()
    {
        var first = await Chains.OfAsync(2, Chains.AnotherKey);
        var store = new MemoryStore { RecordKey = Chains.Key };
        first.Names.ToList().ForEach(name => store.Put(name, first.Bytes(name)));
        await Chains.AddAsync(store, 2);

        Assert.Equal(4, (await Chains.WalkAsync(store, Chains.Key, Chains.AnotherKey)).Signed);
        Assert.StartsWith("Record 1 of shop is signed with the key", await FaultAsync(store, Chains.Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_that_is_another_one_now_is_named()
    {
        var store = new MemoryStore();
        var record = Records.Succeeded();
        record = record with { Backup = record.Backup! with { Sha256 = "aa", Database = "shop" } };
        await new RecordChain(store, Chains.Database).AddAsync(record, Token);
        var walk = new RecordWalk(new RecordChain(store, Chains.Database), [])
        {
            Dumps = new Dictionary<string, string> { [record.Backup.Id] = "bb" },
        };

        Assert.Equal(
            "Record 1 of shop is of backup 20251012T103000Z-1a2b3c with the SHA-256 aa, and the manifest of that backup says bb now. It is "
                + "the first.",
            (await Assert.ThrowsAsync<RecordException>(() => walk.RunAsync(Token))).Message);
    }

    [Fact]
    public async Task A_record_that_ended_before_the_one_in_front_of_it_is_no_fault_and_told()
    {
        var store = new MemoryStore();
        await new RecordChain(store, Chains.Database).AddAsync(Records.Succeeded(), Token);
        await new RecordChain(store, Chains.Database).AddAsync(
            Records.Succeeded() with { FinishedUtc = Records.Started.AddDays(-1) }, Token);

        Assert.Equal([2], (await Chains.WalkAsync(store)).Late);
    }

    [Fact]
    public async Task A_thousand_records_are_not_kept_in_memory()
    {
        var store = new ManyRecordsStore(1000, Chains.Key);
        List<WeakReference> seen = [];
        var kept = 0;
        var walk = new RecordWalk(new RecordChain(store, Chains.Database), [Chains.PublicOf(Chains.Key)])
        {
            Seen = record =>
            {
                seen.Add(new WeakReference(record));
                if (seen.Count == 1000)
                {
                    GC.Collect();
                    kept = seen.Count(reference => reference.IsAlive);
                }
            },
        };

        await walk.RunAsync(Token);

        Assert.Equal(1000, seen.Count);
        Assert.InRange(kept, 0, 10);
    }

    private static async Task<string> FaultAsync(IBackupStore store, params BackupKey[] keys)
    {
        var fault = await Assert.ThrowsAsync<RecordException>(() => Chains.WalkAsync(store, keys));
        Assert.Equal(ExitCodes.RecordsNotWhole, fault.ExitCode);
        return fault.Message;
    }
}
