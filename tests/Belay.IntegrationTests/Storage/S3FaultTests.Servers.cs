using System.Net;
using System.Text;
using Amazon.S3.Model;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Storage.S3;

namespace Belay.IntegrationTests.Storage;

/// <summary>What servers of other makers do otherwise: conditions, tags, and uploads that nobody ended.</summary>
public sealed partial class S3FaultTests
{
    [Fact]
    public async Task Writes_without_conditions_where_a_server_refuses_them()
    {
        var refusals = 0;
        var store = await OpenAsync((request, send) =>
        {
            if (!request.Headers.Contains("If-None-Match") && !request.Headers.Contains("If-Match"))
            {
                return send();
            }

            refusals++;
            return Answer(request, HttpStatusCode.NotImplemented, "NotImplemented");
        });

        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        Assert.True(await store.ReplaceAsync((await store.FindAsync("app/one", Token))!, "b"u8.ToArray(), Token));
        Assert.True(await store.DeleteAsync((await store.FindAsync("app/one", Token))!, Token));

        Assert.Equal(1, refusals);
    }

    [Fact]
    public async Task Says_after_the_probe_which_conditions_the_server_does_not_heed()
    {
        var store = StoreFactory.Open(await s3.CreateBucketAsync(Token));
        Assert.Null(store.Weakness);

        await store.ProbeAsync(Token);

        Assert.Equal(
            "it creates, replaces, deletes objects without heeding conditions, so two runs that change the same backup in the same moment "
                + "can lose one change", store.Weakness);
    }

    [Fact]
    public async Task Finds_no_weakness_in_a_server_that_heeds_conditions()
    {
        Dictionary<string, string> versions = [];
        var store = await OpenAsync(async (request, send) =>
        {
            var path = request.RequestUri!.AbsolutePath;
            var refused = (request.Headers.TryGetValues("If-None-Match", out _) && versions.ContainsKey(path))
                || (request.Headers.TryGetValues("If-Match", out var expected) && versions.GetValueOrDefault(path) != expected.Single());
            if (refused)
            {
                return await Answer(request, HttpStatusCode.PreconditionFailed, "PreconditionFailed");
            }

            var answer = await send();
            if (request.Method == HttpMethod.Put)
            {
                versions[path] = answer.Headers.ETag!.Tag;
            }

            return answer;
        });

        await store.ProbeAsync(Token);

        Assert.Null(store.Weakness);
        await foreach (var left in store.ListAsync("", Token))
        {
            Assert.Fail(left.Name);
        }
    }

    [Fact]
    public async Task Labels_an_object_with_tags_without_changing_it()
    {
        var location = await s3.CreateBucketAsync(Token);
        var store = StoreFactory.Open(location);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var before = await store.FindAsync("app/one", Token);

        await store.LabelAsync("app/one", new Dictionary<string, string> { ["database"] = "größe", ["hold"] = "no" }, Token);

        using var client = S3Fixture.Client(location);
        var tags = (await client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = location.Bucket, Key = "app/one" }, Token)).Tagging;
        Assert.Equal([("database", "gr__e"), ("hold", "no")], tags.Select(tag => (tag.Key, tag.Value)).Order());
        Assert.Equal(before, await store.FindAsync("app/one", Token));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", "not permitted (HTTP 403, AccessDenied)")]
    [InlineData(HttpStatusCode.NotImplemented, "NotImplemented", "the server does not know this request (HTTP 501, NotImplemented)")]
    public async Task Says_once_that_tags_are_refused(HttpStatusCode status, string code, string expected)
    {
        var store = await OpenAsync(
            (
                request,
                send) => request.RequestUri!.Query.StartsWith("?tagging", StringComparison.Ordinal)
                    ? Answer(request, status, code)
                    : send());
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.LabelAsync("app/one", new Dictionary<string, string>(), Token));
        await store.LabelAsync("app/one", new Dictionary<string, string>(), Token);

        Assert.Equal($"Cannot write the tags of 'app/one' in {store.DisplayName}: {expected}.", fault.Message);
    }

    [Fact]
    public async Task Lists_unfinished_uploads_on_all_pages_and_aborts_one()
    {
        List<string> asked = [];
        var location = await s3.CreateBucketAsync(Token) with { Prefix = "prod" };
        var store = new S3Store(location, new S3StoreOptions
        {
            Transport = new ScriptedHandler((request, send) =>
            {
                asked.Add($"{request.Method} {Uri.UnescapeDataString(request.RequestUri!.PathAndQuery)}");
                return request.Method == HttpMethod.Get
                    ? Page(request)
                    : Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent) { RequestMessage = request });
            }),
        });
        List<UnfinishedUpload> found = [];
        await foreach (var upload in store.ListUnfinishedAsync(Token))
        {
            found.Add(upload);
        }

        await store.AbortUnfinishedAsync(found[1], Token);

        Assert.Equal(
            [
                new("app/one.dump", "id-1", DateTimeOffset.UnixEpoch.AddDays(1)),
                new("app/two.dump", "id-2", DateTimeOffset.UnixEpoch.AddDays(2)),
            ],
            found);
        Assert.Equal(3, asked.Count);
        Assert.Contains("upload-id-marker=id-1", asked[1], StringComparison.Ordinal);
        Assert.StartsWith($"DELETE /{location.Bucket}/prod/app/two.dump?uploadId=id-2", asked[2], StringComparison.Ordinal);
    }

    /// <summary>The first of two pages, or the second when it is asked for.</summary>
    private static Task<HttpResponseMessage> Page(HttpRequestMessage request)
    {
        var isSecond = request.RequestUri!.Query.Contains("marker=", StringComparison.Ordinal);
        var upload = isSecond
            ? "<Upload><Key>prod/app/two.dump</Key><UploadId>id-2</UploadId><Initiated>1970-01-03T00:00:00.000Z</Initiated></Upload>"
            : "<Upload><Key>prod/app/one.dump</Key><UploadId>id-1</UploadId><Initiated>1970-01-02T00:00:00.000Z</Initiated></Upload>";
        var next = isSecond
            ? "<IsTruncated>false</IsTruncated>"
            : "<IsTruncated>true</IsTruncated><NextKeyMarker>prod/app/one.dump</NextKeyMarker><NextUploadIdMarker>id-1</"
                + "NextUploadIdMarker>";
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(
                $"<ListMultipartUploadsResult>{next}{upload}</ListMultipartUploadsResult>", Encoding.UTF8, "application/xml"),
        });
    }
}
