using System.Globalization;
using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Storage.Azure;

/// <summary>Leases, index tags and immutability policies. Azurite has no policies, so a script answers
/// for the service where one is there.</summary>
public sealed class AzureProtectionTests(AzuriteFixture azurite)
{
    private const string InUse = "it is in use by a proof, a restore or a migration";

    private static readonly DateTimeOffset Until = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Leaves_the_others_protected_when_one_of_several_users_ends()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var timeProvider = new FakeTimeProvider();
        var store = new AzureBlobStore(location, new AzureStoreOptions { TimeProvider = timeProvider });
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var blob = AzuriteFixture.Client(location).GetBlobClient("app/one");
        await using var first = await store.UseAsync("app/one", Assert.Fail, Token);
        await using (await StoreFactory.Open(location).UseAsync("app/one", Assert.Fail, Token))
        {
        }

        Assert.Equal(InUse, (await store.FindAsync("app/one", Token))!.Protection);
        await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        Assert.Null((await store.FindAsync("app/one", Token))!.Protection);
        timeProvider.Advance(RenewedMark.Period);
        while ((await store.FindAsync("app/one", Token))!.Protection is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
        }
    }

    [Fact]
    public async Task Takes_somebody_elses_lease_for_the_protection_it_is()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var store = StoreFactory.Open(location);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var foreign = AzuriteFixture.Client(location).GetBlobClient("app/one").GetBlobLeaseClient();
        await foreign.AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        await using (await store.UseAsync("app/one", Assert.Fail, Token))
        {
            Assert.Equal(InUse, (await store.FindAsync("app/one", Token))!.Protection);
        }

        await foreign.ReleaseAsync(cancellationToken: Token);
        Assert.True(await store.DeleteAsync((await store.FindAsync("app/one", Token))!, Token));
    }

    [Fact]
    public async Task Writes_tags_that_find_an_object_and_cleans_their_values()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var store = StoreFactory.Open(location);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var before = await store.FindAsync("app/one", Token);

        await store.LabelAsync(
            "app/one",
            new Dictionary<string, string> { ["database"] = "Größe \"x\" " + new string('y', 300), ["state"] = "readback" },
            Token);

        var tags = (await AzuriteFixture.Client(location).GetBlobClient("app/one").GetTagsAsync(cancellationToken: Token)).Value.Tags;
        Assert.Equal(("Gr__e _x_ " + new string('y', 246), "readback"), (tags["database"], tags["state"]));
        Assert.Equal(["app/one"], await AzuriteFixture.FindAsync(location, "\"state\" = 'readback'", Token));
        Assert.Equal(before, await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Says_once_that_it_may_not_write_tags()
    {
        var location = await azurite.CreateContainerAsync(Token);
        await StoreFactory.Open(location).CreateAsync("app/one", "a"u8.ToArray(), Token);
        var permissions = BlobContainerSasPermissions.Read | BlobContainerSasPermissions.Write | BlobContainerSasPermissions.List;
        var store = StoreFactory.Open(location with
        {
            ConnectionString = null,
            SignedContainerUri = new Secret(
                AzuriteFixture.Client(location).GenerateSasUri(permissions, TimeProvider.System.GetUtcNow().AddHours(1)).ToString()),
        });
        var labels = new Dictionary<string, string> { ["state"] = "readback" };

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.LabelAsync("app/one", labels, Token));

        Assert.Equal(
            $"Cannot write the index tags of 'app/one' in {store.DisplayName}: not permitted (HTTP 403, AuthorizationPermissionMismatch).",
            fault.Message);
        await store.LabelAsync("app/one", labels, Token);
    }

    [Fact]
    public async Task Believes_no_policy_that_azurite_does_not_report()
    {
        var store = StoreFactory.Open(await azurite.CreateContainerAsync(Token));
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.MakeImmutableAsync("app/one", Until, Token));

        Assert.StartsWith(
            $"Cannot make immutable 'app/one' in {store.DisplayName}: the store refused (HTTP 501, ",
            fault.Message,
            StringComparison.Ordinal);
        Assert.Null((await store.FindAsync("app/one", Token))!.Protection);
    }

    [Fact]
    public async Task Reports_the_policy_that_the_service_reports_and_says_why_it_does_not_delete()
    {
        var sent = new List<string>();
        var location = await azurite.CreateContainerAsync(Token);
        var store = new AzureBlobStore(location, new AzureStoreOptions
        {
            Transport = new HttpClientTransport(new HttpClient(new ScriptedHandler((request, send) => AnswerAsync(request, send, sent)))),
        });
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);

        Assert.Equal(Until, await store.MakeImmutableAsync("app/one", Until, Token));

        Assert.Equal(["Unlocked until Thu, 01 Jan 2099 00:00:00 GMT"], sent);
        var found = (await store.FindAsync("app/one", Token))!;
        Assert.Equal("the store keeps it immutable until 2099-01-01 00:00:00 UTC", found.Protection);
        var fault = await Assert.ThrowsAsync<ProtectedObjectException>(() => store.DeleteAsync(found, Token));
        Assert.Equal($"'app/one' of {store.DisplayName} cannot be deleted: the store keeps it immutable.", fault.Message);
    }

    /// <summary>As the documentation of the service says that it answers.</summary>
    private static async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request, Func<Task<HttpResponseMessage>> send, List<string> sent)
    {
        if (request.RequestUri!.Query.Contains("comp=immutabilityPolicies", StringComparison.Ordinal))
        {
            sent.Add($"{Header(request, "x-ms-immutability-policy-mode")} until {Header(request, "x-ms-immutability-policy-until-date")}");
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }

        if (request.Method == HttpMethod.Delete)
        {
            var refusal = new HttpResponseMessage(HttpStatusCode.Conflict) { RequestMessage = request };
            refusal.Headers.Add("x-ms-error-code", "BlobImmutableDueToPolicy");
            return refusal;
        }

        var answer = await send();
        if (request.Method == HttpMethod.Head && sent.Count > 0)
        {
            answer.Headers.Add("x-ms-immutability-policy-until-date", Until.ToString("R", CultureInfo.InvariantCulture));
            answer.Headers.Add("x-ms-immutability-policy-mode", "unlocked");
        }

        return answer;
    }

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.GetValues(name));
}
