using System.Collections.Concurrent;
using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Storage;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Backups;

/// <summary>A whole backup with its proof, into a store that is slow, busy, loses answers, or closes its door in the middle.</summary>
public sealed class AzureStoreFaultTests(PostgresFixture postgres, AzuriteFixture azurite)
{
    private static readonly BackupSettings Plain = new() { Compression = "none" };

    [Fact]
    public async Task Holds_no_more_memory_for_a_store_that_takes_no_bytes()
    {
        // Four blocks of 4 MiB are sent at a time and one more is filled, each of segments of 1 MiB.
        const int most = 5 * 4;
        await using var database = await CreateAsync(600_000);
        using var bench = new BackupBench(postgres.Tools);
        var pool = new CountingPool();
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = await OpenAsync(
            async (request, send) =>
            {
                await (request.RequestUri!.Query.Contains("comp=block&", StringComparison.Ordinal) ? released.Task : Task.CompletedTask);
                return await send();
            },
            pool);
        var backup = bench.TakeAsync(database.Target, Plain, store);
        while (pool.Rented < most)
        {
            Assert.False(backup.IsCompleted, "the backup did not wait for the store");
            await Task.Delay(20, Token);
        }

        // A dump that did not wait would go on now.
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.Equal(most, pool.MostRented);
        released.SetResult();

        var manifest = await backup;
        Assert.True(manifest.Size > 40 << 20);
        Assert.Equal((most, 0), (pool.MostRented, pool.Rented));
        Assert.Equal(ProofLevel.Readback, (await bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token)).ProofLevel);
    }

    [Fact]
    public async Task Waits_for_a_store_that_is_slow_and_answers_late()
    {
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        var (location, proxy) = await ThroughProxyAsync();
        await using var closing = proxy;
        (proxy.ToServer.Delay, proxy.ToClient.Delay) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
        (proxy.ToServer.SlowFrom, proxy.ToServer.BytesPerSecond) = (4 << 20, 8 << 20);
        await ProvesAsync(bench, database, StoreFactory.Open(location));
    }

    [Fact]
    public async Task Goes_on_when_a_connection_to_the_store_is_cut_in_each_direction()
    {
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        var (location, proxy) = await ThroughProxyAsync();
        await using var closing = proxy;
        (proxy.ToServer.CutAt, proxy.ToClient.CutAt) = (5 << 20, 3 << 20);
        await ProvesAsync(bench, database, StoreFactory.Open(location));
        Assert.Equal(2, proxy.Cuts);
    }

    [Fact]
    public async Task Tries_again_when_every_request_is_first_answered_with_503()
    {
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await ProvesAsync(bench, database, await OpenAsync((request, send) => seen.TryAdd(KeyOf(request), true)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { RequestMessage = request })
            : send()));
        Assert.Contains(seen.Keys, key => key.Contains("comp=blocklist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_every_write_whose_answer_was_lost_for_the_success_it_was()
    {
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var refusals = 0;
        await ProvesAsync(bench, database, await OpenAsync(async (request, send) =>
        {
            var isFirst = request.Method == HttpMethod.Put && seen.TryAdd(KeyOf(request), true);
            var answer = await send();
            refusals += answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed ? 1 : 0;
            return isFirst ? throw new HttpRequestException("The answer was lost.") : answer;
        }));
        Assert.Equal(4, refusals);
    }

    [Fact]
    public async Task Shows_nothing_of_a_backup_whose_permission_was_taken_away_in_the_middle()
    {
        await using var database = await CreateAsync(200_000);
        using var bench = new BackupBench(postgres.Tools);
        var location = await azurite.CreateContainerAsync(Token);
        var container = AzuriteFixture.Client(location);
        await container.SetAccessPolicyAsync(permissions: [Policy("release")], cancellationToken: Token);
        var address = container.GenerateSasUri(
            new BlobSasBuilder { BlobContainerName = container.Name, Resource = "c", Identifier = "release" });
        var store = StoreFactory.Open(location with { ConnectionString = null, SignedContainerUri = new Secret(address.ToString()) });
        var held = new HeldUpload(store, 9 << 20);
        var backup = bench.TakeAsync(database.Target, Plain, held.Store);
        await held.ReachedAsync(backup);
        await container.SetAccessPolicyAsync(permissions: [Policy("other")], cancellationToken: Token);
        held.Release();

        var fault = await Assert.ThrowsAsync<StoreException>(() => backup);

        Assert.Matches(
            $"^Cannot write '{database.Target.Database}/[^/]+\\.dump' in {store.DisplayName}: not permitted \\(HTTP 403, "
                + "AuthorizationFailure\\)\\.$", fault.Message);
        Assert.Equal("The account key or signature is wrong, or the account's firewall does not let this machine in.", fault.Hint);
        Assert.Equal(4, fault.ExitCode);
        Assert.DoesNotContain("sig=", fault.ToString(), StringComparison.Ordinal);
        await new DumpWatch(database).IsGoneAsync();
        Assert.Empty(await NamesAsync(StoreFactory.Open(location)));
        Assert.Equal(200_000L, await database.ScalarAsync("SELECT count(*) FROM numbers", Token));
    }

    [Fact]
    public async Task Names_the_uploads_that_were_killed_before_their_commit()
    {
        var location = (await azurite.CreateContainerAsync(Token)) with { Prefix = "releases" };
        var store = StoreFactory.Open(location);
        await store.CreateAsync("app/whole", "content"u8.ToArray(), Token);
        Assert.Empty(await store.SweepUploadsAsync(dryRun: false, Token));
        await using var upload = await store.BeginUploadAsync("app/half", Token);
        await upload.WriteAsync(new byte[30 << 20], Token);
        Assert.Equal(
            ["1 upload without a commit, killed or under way (app/half): no backup; Azure drops the blocks a week after the last one"],
            await store.SweepUploadsAsync(dryRun: false, Token));
        Assert.Equal(["app/whole"], await NamesAsync(store));
    }

    private static BlobSignedIdentifier Policy(string id) => new()
    {
        Id = id,
        AccessPolicy = new BlobAccessPolicy
        {
            PolicyStartsOn = TimeProvider.System.GetUtcNow().AddHours(-1),
            PolicyExpiresOn = TimeProvider.System.GetUtcNow().AddHours(1),
            Permissions = "racwdl",
        },
    };

    private static string KeyOf(HttpRequestMessage request) => $"{request.Method} {request.RequestUri}";

    private static async Task ProvesAsync(BackupBench bench, TestDatabase database, IBackupStore store)
    {
        var manifest = await bench.ProverOf(store)
            .ProveAsync(await bench.TakeAsync(database.Target, Plain, store), ProofLevel.Readback, Token);
        Assert.Equal(ProofLevel.Readback, manifest.ProofLevel);
        var contents = await new BackupCatalog(store).ReadAsync(Token);
        Assert.True(Assert.Single(contents.Backups).IsProven);
        Assert.Empty(contents.Orphans);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IBackupStore store)
        => await store.ListAsync("", Token).Select(found => found.Name).ToListAsync(Token);

    private async Task<IBackupStore> OpenAsync(
        Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> script, CountingPool? pool = null)
        => new AzureBlobStore(
            await azurite.CreateContainerAsync(Token),
            new AzureStoreOptions
            {
                Transport = new HttpClientTransport(new HttpClient(new ScriptedHandler(script))),
                Pool = pool ?? new CountingPool(),
            });

    private async Task<(AzureStoreLocation Location, TcpProxy Proxy)> ThroughProxyAsync()
    {
        var server = await azurite.ServerAsync(Token);
        var location = await azurite.CreateContainerAsync(Token);
        var proxy = TcpProxy.Start(server.Port);
        return (
            location with { ConnectionString = AzuriteServer.ConnectionStringFor(location.Account, server.AccountKey, proxy.Port) }, proxy);
    }

    private async Task<TestDatabase> CreateAsync(int rows)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, {rows}) i", Token);
        return database;
    }
}
