using Belay.Reporting.Chain;
using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Chain;

public sealed class RecordChainTests
{
    [Fact]
    public async Task A_record_says_its_number_and_the_hashes_of_the_one_before_it_and_of_its_manifest()
    {
        var store = await Chains.OfAsync(1);
        var record = Records.Succeeded();
        record = record with { Backup = record.Backup! with { Database = "shop" } };
        store.Put($"shop/{record.Backup.Id}.manifest.json", "a manifest"u8.ToArray());

        var stored = await new RecordChain(store, "shop").AddAsync(record, Token);

        Assert.Equal(["shop/20251012T103000Z-1a2b3c.manifest.json", Chains.Name(1), Chains.Name(2)], store.Names);
        Assert.Equal(2, stored.Record.Link!.Number);
        Assert.Equal(Hash(store.Bytes(Chains.Name(1))), stored.Record.Link.PreviousSha256);
        Assert.Equal(Hash("a manifest"u8.ToArray()), stored.Record.Link.ManifestSha256);
        Assert.Equal(store.Bytes(Chains.Name(2)), stored.Bytes.ToArray());
    }

    [Fact]
    public async Task The_chain_of_another_database_is_another_one()
    {
        var store = await Chains.OfAsync(2);

        await new RecordChain(store, "../Müller & Söhne").AddAsync(Records.Succeeded(), Token);

        Assert.Contains("%2E.%2FM%C3%BCller%20%26%20S%C3%B6hne/releases/00000001.json", store.Names);
    }

    [Fact]
    public async Task A_number_that_another_run_took_meanwhile_is_left_to_it()
    {
        var store = await Chains.OfAsync(1);
        var other = store.Bytes(Chains.Name(1));
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "begin" && name == Chains.Name(2))
            {
                store.BeforeOperation = (_, _) => { };
                store.Put(name, other);
            }
        };

        Assert.Equal(3, (await new RecordChain(store, "shop").AddAsync(Records.Succeeded(), Token)).Record.Link!.Number);
        Assert.Equal(other, store.Bytes(Chains.Name(2)));
    }

    [Fact]
    public async Task A_store_that_fails_is_not_asked_again()
    {
        var store = await Chains.OfAsync(1);
        store.BeforeOperation = (verb, _) => _ = verb == "begin" ? throw new StoreException("The store is full.") : verb;

        Assert.Equal(
            "The store is full.",
            (await Assert.ThrowsAsync<StoreException>(() => new RecordChain(store, "shop").AddAsync(Records.Succeeded(), Token))).Message);
        Assert.Equal([Chains.Name(1)], store.Names);
    }

    [Fact]
    public async Task Finds_the_record_of_a_run_among_others_and_one_that_is_damaged()
    {
        var store = await Chains.OfAsync(3);
        var chain = new RecordChain(store, "shop");
        var wanted = await chain.AddAsync(Records.Succeeded() with { RunId = "wanted" }, Token);
        await Chains.AddAsync(store, 3);
        store.Put(Chains.Name(6), "half of i"u8.ToArray());

        Assert.Equal(wanted.Sha256, (await chain.FindAsync("wanted", Token))!.Sha256);
        Assert.Null(await chain.FindAsync("unheard of", Token));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
