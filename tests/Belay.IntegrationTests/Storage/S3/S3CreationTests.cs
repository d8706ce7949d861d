using Amazon.S3.Model;
using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.S3;

namespace Belay.IntegrationTests.Storage.S3;

/// <summary>A name that several runs want in the same moment, on a server that creates what exists without heeding the condition.</summary>
public sealed class S3CreationTests(S3Fixture s3)
{
    private const string Name = "app/one";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Does_not_take_a_name_for_its_own_that_another_run_wrote_over_in_the_same_moment()
    {
        var location = await s3.CreateBucketAsync(Token);
        using var other = S3Fixture.Client(location);
        var store = new S3Store(location, new S3StoreOptions());
        await store.CreateAsync(Name, "mine"u8.ToArray(), Token);
        await store.ConfirmAsync(Name, "mine"u8.ToArray(), Token);
        await other.PutObjectAsync(new PutObjectRequest { BucketName = location.Bucket, Key = Name, ContentBody = "other" }, Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.ConfirmAsync(Name, "mine"u8.ToArray(), Token));

        Assert.Equal(
            $"An object '{Name}' with other bytes already exists in {store.DisplayName}; it was left as it is.", fault.Message);
        Assert.Equal("other"u8.ToArray(), await SmallObject.ReadAsync(store, Name, Token));
    }
}
