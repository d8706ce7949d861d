using System.Net;
using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Storage.Sas;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Storage;

public sealed class AzureFaultTests(AzuriteFixture azurite)
{
    private const int TriesOnThisMachine = 4;

    [Fact]
    public async Task Commits_nothing_when_the_store_dies_during_an_upload()
    {
        var folder = TestFolder.New("azurite-killed");
        await using var server = await AzuriteServer.StartAsync(folder, Token);
        var store = StoreFactory.Open(server.Location("killed"));
        await store.ProbeAsync(Token);
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[9 << 20], Token);
            await server.StopAsync();
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await upload.WriteAsync(new byte[40 << 20], Token);
                await upload.CommitAsync(Token);
            });
            Assert.StartsWith($"Cannot write 'app/one' in {store.DisplayName}: ", fault.Message, StringComparison.Ordinal);
        }

        await using var again = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = folder, Port = server.Port, AccountKey = server.AccountKey }, Token);
        Assert.Null(await store.FindAsync("app/one", Token));
        await again.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Says_that_the_key_is_wrong_without_printing_one()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var store = StoreFactory.Open(location with
        {
            ConnectionString = AzuriteServer.ConnectionStringFor(
                location.Account, new Secret(wrong), (await azurite.ServerAsync(Token)).Port),
        });

        var fault = await Assert.ThrowsAsync<StoreException>(
            () => store.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync().AsTask());

        Assert.Equal($"Cannot list '' in {store.DisplayName}: not permitted (HTTP 403, AuthorizationFailure).", fault.Message);
        Assert.DoesNotContain(wrong, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_after_the_store_was_busy()
    {
        var refusals = 0;
        var store = await OpenAsync((request, send) => request.Method == HttpMethod.Put && Interlocked.Increment(ref refusals) <= 2
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request })
            : send());

        await store.CreateAsync("app/one", "content"u8.ToArray(), Token);

        Assert.Equal("content"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
        Assert.True(refusals > 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_a_commit_whose_answer_was_lost_for_the_success_it_was(bool encrypted)
    {
        var lost = 0;
        var store = await OpenAsync(async (request, send) =>
        {
            var answer = await send();
            return IsCommit(request) && Interlocked.Increment(ref lost) == 1
                ? throw new HttpRequestException("The answer was lost.")
                : answer;
        }, encrypted);
        await using var upload = await store.BeginUploadAsync("app/one", Token);
        await upload.WriteAsync("content"u8.ToArray(), Token);

        Assert.Equal(encrypted ? 35 : 7, (await upload.CommitAsync(Token)).Size);
        Assert.Equal(2, lost);
        await upload.DisposeAsync();
        Assert.NotNull(await store.FindAsync("app/one", Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removes_what_a_cancelled_commit_made_visible(bool encrypted)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var store = await OpenAsync(async (request, send) =>
        {
            var answer = await send();
            if (IsCommit(request))
            {
                await cancellation.CancelAsync();
                throw new OperationCanceledException(cancellation.Token);
            }

            return answer;
        }, encrypted);
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync("content"u8.ToArray(), Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload.CommitAsync(cancellation.Token));
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Ends_as_cancelled_when_that_comes_in_the_last_of_several_tries()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var tries = 0;
        var store = await OpenAsync(async (_, _) =>
        {
            await (++tries == TriesOnThisMachine ? cancellation.CancelAsync() : Task.CompletedTask);
            throw new TaskCanceledException("No answer in time.");
        });

        var end = await Assert.ThrowsAsync<OperationCanceledException>(() => store.FindAsync("app/one", cancellation.Token));

        Assert.Equal((TriesOnThisMachine, cancellation.Token), (tries, end.CancellationToken));
    }

    [Fact]
    public async Task Creates_a_missing_container_when_probed()
    {
        var location = (await azurite.ServerAsync(Token)).Location("made-by-probe");
        var store = StoreFactory.Open(location);
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.BeginUploadAsync("app/one", Token));
        Assert.Equal(
            $"Cannot look for 'app/one' in {store.DisplayName}: the container does not exist (HTTP 404, ContainerNotFound).",
            fault.Message);

        await store.ProbeAsync(Token);

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Works_with_a_signed_address_and_says_what_it_lacks()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var full = Signed(location, BlobContainerSasPermissions.All);
        await StoreFactory.Open(full).ProbeAsync(Token);
        var store = StoreFactory.Open(Signed(location, BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List));

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.ProbeAsync(Token));

        Assert.Matches(
            $"^Cannot write 'belay-probe-[0-9a-f]+' in {store.DisplayName}: not permitted \\(HTTP 403, "
                + "AuthorizationPermissionMismatch\\)\\.$", fault.Message);
        Assert.Equal("The signature or role needs the rights read, add, create, write, delete and list on the container.", fault.Hint);
        Assert.DoesNotContain("sig=", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_signature_that_expired_or_is_not_valid_yet_from_its_times()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        var expired = StoreFactory.Open(
            Signed(location, new BlobSasBuilder(BlobContainerSasPermissions.All, now.AddHours(-1)) { StartsOn = now.AddHours(-2) }));
        var early = StoreFactory.Open(
            Signed(location, new BlobSasBuilder(BlobContainerSasPermissions.All, now.AddHours(2)) { StartsOn = now.AddHours(1) }));

        var first = await Assert.ThrowsAsync<StoreException>(() => expired.FindAsync("app/one", Token));
        var second = await Assert.ThrowsAsync<StoreException>(() => early.FindAsync("app/one", Token));

        Assert.StartsWith(
            $"Cannot look for 'app/one' in {expired.DisplayName}: the shared access signature expired at {Quantity.Utc(now.AddHours(-1))} "
                + "(HTTP 403, ", first.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Cannot look for 'app/one' in {early.DisplayName}: the shared access signature is not valid before "
                + $"{Quantity.Utc(now.AddHours(1))}, and here it is ", second.Message, StringComparison.Ordinal);
        Assert.Equal("Make a new signature, or set this machine's clock, and export BACKUP_STORE again.", first.Hint);
    }

    [Fact]
    public void Refuses_a_damaged_connection_string_without_quoting_it()
    {
        var fault = Assert.Throws<StoreException>(() => StoreFactory.Open(new AzureStoreLocation
        {
            Account = "account",
            Container = "backups",
            ConnectionString = new Secret("AccountKey=not-quite"),
        }));

        Assert.Equal("The connection string or address of azure://account/backups cannot be understood.", fault.Message);
        Assert.Null(fault.InnerException);
    }

    private static bool IsCommit(HttpRequestMessage request)
        => request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal);

    private static AzureStoreLocation Signed(AzureStoreLocation location, BlobContainerSasPermissions permissions)
        => Signed(location, new BlobSasBuilder(permissions, TimeProvider.System.GetUtcNow().AddHours(1)));

    private static AzureStoreLocation Signed(AzureStoreLocation location, BlobSasBuilder signature)
    {
        signature.BlobContainerName = location.Container;
        signature.Resource = "c";
        return location with
        {
            ConnectionString = null,
            SignedContainerUri = new Secret(AzuriteFixture.Client(location).GenerateSasUri(signature).ToString()),
        };
    }

    private async Task<IBackupStore> OpenAsync(
        Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> script, bool encrypted = false)
        => new AzureBlobStore(
            await azurite.CreateContainerAsync(Token) with { Key = encrypted ? BackupKeys.Make() : null },
            new AzureStoreOptions { Transport = new HttpClientTransport(new HttpClient(new ScriptedHandler(script))) });
}
