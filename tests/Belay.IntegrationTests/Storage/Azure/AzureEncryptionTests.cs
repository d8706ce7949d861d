using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Storage.Azure;

public sealed class AzureEncryptionTests(AzuriteFixture azurite)
{
    private readonly byte[] content = RandomNumberGenerator.GetBytes(19 << 20);

    [Fact]
    public async Task Sends_only_cipher_text_and_an_MD5_with_each_block()
    {
        var hashes = new List<byte[]?>();
        var (store, location) = await OpenAsync((request, send) =>
        {
            if (request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal))
            {
                lock (hashes)
                {
                    hashes.Add(request.Content!.Headers.ContentMD5);
                }
            }

            return send();
        });
        content.AsSpan(0, 4000).Fill((byte)'a');

        Assert.Equal(5, await UploadAsync(store));

        Assert.Equal(5, hashes.Count);
        Assert.All(hashes, hash => Assert.Equal(16, hash!.Length));
        var stored = (await Blob(location).DownloadContentAsync(Token)).Value.Content.ToArray();
        Assert.True(stored.AsSpan().IndexOf("aaaaaaaaaaaaaaaa"u8) < 0);
        Assert.Equal(content, await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Theory]
    [InlineData(4 << 20)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    public async Task Encrypts_whole_regions_in_a_bounded_number_of_buffers(int length)
    {
        var location = await azurite.CreateContainerAsync(Token) with { Key = BackupKeys.Make() };
        var pool = new CountingPool();
        var store = new AzureBlobStore(location, new AzureStoreOptions { Pool = pool });
        var written = content.AsMemory(0, length);
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(written[..(3 << 20)], Token);
            await upload.WriteAsync(written[(3 << 20)..], Token);
            await upload.SealAsync(Token);
            Assert.Equal(0, pool.Rented);
            await upload.CommitAsync(Token);
        }

        // A region, and at the most four blocks of 4 MiB in flight and one being filled, in segments of 1 MiB.
        Assert.InRange(pool.MostRented, 1, 1 + 20);
        Assert.Equal(written.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Fact]
    public async Task Reads_what_the_SDK_itself_encrypted()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await SdkKey.Encrypting(Blob(location), location.Key!).UploadAsync(BinaryData.FromBytes(content), Token);

        Assert.Equal(content, await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Fact]
    public async Task Writes_what_the_SDK_itself_decrypts()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);

        var read = await SdkKey.Encrypting(Blob(location), location.Key!).DownloadContentAsync(Token);

        Assert.Equal(content, read.Value.Content.ToArray());
    }

    [Fact]
    public async Task Notices_regions_that_changed_places()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);
        var stored = (await Blob(location).DownloadContentAsync(Token)).Value;
        const int Region = (4 << 20) + 28;
        var bytes = stored.Content.ToArray();
        await Blob(location).UploadAsync(
            BinaryData.FromBytes([.. bytes[Region..(2 * Region)], .. bytes[..Region], .. bytes[(2 * Region)..]]),
            new BlobUploadOptions { Metadata = stored.Details.Metadata },
            Token);

        var fault = await Assert.ThrowsAsync<DamagedObjectException>(() => SmallObject.ReadAsync(store, "app/one", Token));

        Assert.Equal(
            $"Cannot read 'app/one' in {store.DisplayName}: its bytes cannot be decrypted: they are not those that were written.",
            fault.Message);
    }

    [Fact]
    public async Task Says_that_the_store_refused_and_commits_nothing()
    {
        var (store, _) = await OpenAsync((request, send) => request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { RequestMessage = request })
            : send());
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await upload.WriteAsync(content, Token);
                await upload.CommitAsync(Token);
            });
            Assert.Equal($"Cannot write 'app/one' in {store.DisplayName}: not permitted (HTTP 403, no error code).", fault.Message);
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Names_the_key_that_is_needed_when_there_is_none_or_another()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);
        var other = BackupKeys.Make();
        foreach (var (given, text) in new[] { ((BackupKey?)null, "this run has none"), (other, $"this run has {other.Id}") })
        {
            var fault = await Assert.ThrowsAsync<StoreException>(
                () => StoreFactory.Open(location with { Key = given }).OpenReadAsync("app/one", Token));
            Assert.Equal($"'app/one' of {store.DisplayName} is encrypted with the key {location.Key!.Id}; {text}.", fault.Message);
        }
    }

    [Fact]
    public async Task Leaves_small_objects_readable_without_the_key()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await store.CreateAsync("app/manifest", "plain"u8.ToArray(), Token);
        Assert.Equal(
            "plain"u8.ToArray(), await SmallObject.ReadAsync(StoreFactory.Open(location with { Key = null }), "app/manifest", Token));
        Assert.Equal("plain"u8.ToArray(), await SmallObject.ReadAsync(store, "app/manifest", Token));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(18 << 20)]
    public async Task Notices_a_changed_byte_wherever_it_is(int offset)
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);
        var stored = (await Blob(location).DownloadContentAsync(Token)).Value;
        var bytes = stored.Content.ToArray();
        bytes[offset] ^= 1;
        await Blob(location).UploadAsync(BinaryData.FromBytes(bytes), new BlobUploadOptions { Metadata = stored.Details.Metadata }, Token);

        var fault = await Assert.ThrowsAsync<DamagedObjectException>(() => SmallObject.ReadAsync(store, "app/one", Token));

        Assert.Equal(
            $"Cannot read 'app/one' in {store.DisplayName}: its bytes cannot be decrypted: they are not those that were written.",
            fault.Message);
    }

    [Fact]
    public async Task Notices_a_note_of_its_key_that_was_changed()
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);
        await Blob(location).SetMetadataAsync(new Dictionary<string, string> { ["encryptiondata"] = "{}" }, cancellationToken: Token);

        var fault = await Assert.ThrowsAsync<DamagedObjectException>(() => store.OpenReadAsync("app/one", Token));

        Assert.Equal(
            $"'app/one' of {store.DisplayName} cannot be decrypted: the blob's metadata 'encryptiondata' is not that of client-side "
                + "encryption 2.0.", fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task Notices_a_wrapped_key_that_is_none(string wrapped)
    {
        var (store, location) = await OpenAsync((_, send) => send());
        await UploadAsync(store);
        var note = AzureEncryptionData.Write(location.Key!.Id, Convert.FromBase64String(wrapped));
        await Blob(location).SetMetadataAsync(new Dictionary<string, string> { ["encryptiondata"] = note }, cancellationToken: Token);

        var fault = await Assert.ThrowsAsync<DamagedObjectException>(() => store.OpenReadAsync("app/one", Token));

        Assert.Equal(
            $"Cannot read 'app/one' in {store.DisplayName}: its bytes cannot be decrypted: they are not those that were written.",
            fault.Message);
    }

    [Fact]
    public async Task Reads_on_when_a_download_is_cut()
    {
        var server = await azurite.ServerAsync(Token);
        var location = await azurite.CreateContainerAsync(Token) with { Key = BackupKeys.Make() };
        await using var proxy = TcpProxy.Start(server.Port);
        var store = StoreFactory.Open(
            location with { ConnectionString = AzuriteServer.ConnectionStringFor(location.Account, server.AccountKey, proxy.Port) });
        await UploadAsync(store);
        await using var stream = await store.OpenReadAsync("app/one", Token);
        proxy.ToClient.CutAt = proxy.ToClient.Bytes + (5 << 20);

        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Token);

        Assert.Equal(content, read.ToArray());
        Assert.Equal(1, proxy.Cuts);
    }

    private static BlobClient Blob(AzureStoreLocation location) => AzuriteFixture.Client(location).GetBlobClient("app/one");

    private async Task<int> UploadAsync(IBackupStore store)
    {
        await using var upload = await store.BeginUploadAsync("app/one", Token);
        await upload.WriteAsync(content, Token);
        await upload.CommitAsync(Token);
        return upload.AcceptedBlocks;
    }

    private async Task<(IBackupStore Store, AzureStoreLocation Location)> OpenAsync(
        Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> script)
    {
        var location = await azurite.CreateContainerAsync(Token) with { Key = BackupKeys.Make() };
        return (
            new AzureBlobStore(
                location, new AzureStoreOptions { Transport = new HttpClientTransport(new HttpClient(new ScriptedHandler(script))) }),
                location);
    }
}
