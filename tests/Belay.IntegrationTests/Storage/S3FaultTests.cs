using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Storage.S3;

namespace Belay.IntegrationTests.Storage;

public sealed partial class S3FaultTests(S3Fixture s3)
{
    [Fact]
    public async Task Commits_nothing_when_the_store_dies_during_an_upload()
    {
        var folder = TestFolder.New("s3rver-killed");
        await using var server = await S3rverServer.StartAsync(new S3rverOptions { Folder = folder }, Token);
        var location = server.Location("killed");
        await MakeBucketAsync(location);
        var store = StoreFactory.Open(location);
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[17 << 20], Token);
            await server.StopAsync();
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await upload.WriteAsync(new byte[40 << 20], Token);
                await upload.CommitAsync(Token);
            });
            Assert.StartsWith($"Cannot write 'app/one' in {store.DisplayName}: ", fault.Message, StringComparison.Ordinal);
            Assert.Equal("Look at AWS_ENDPOINT_URL, AWS_REGION, the network and the proxy, then run the command again.", fault.Hint);
        }

        await using var again = await S3rverServer.StartAsync(
            new S3rverOptions { Folder = folder, Port = server.Port, SecretAccessKey = server.SecretAccessKey }, Token);
        Assert.Null(await store.FindAsync("app/one", Token));
        await again.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Says_that_the_key_is_wrong_without_printing_one()
    {
        var location = await s3.CreateBucketAsync(Token);
        const string Wrong = "not-the-right-access-key";
        var store = StoreFactory.Open(location with { Access = location.Access with { SecretAccessKey = new Secret(Wrong) } });

        var fault = await Assert.ThrowsAsync<StoreException>(
            () => store.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync().AsTask());

        Assert.Equal($"Cannot list '' in {store.DisplayName}: the key was not accepted (HTTP 403, SignatureDoesNotMatch).", fault.Message);
        Assert.Equal("Copy AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY again.", fault.Hint);
        Assert.DoesNotContain(Wrong, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_bucket_does_not_exist()
    {
        var store = StoreFactory.Open((await s3.ServerAsync(Token)).Location("not-there"));

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.ProbeAsync(Token));

        Assert.Matches(
            "^Cannot (write|look for) 'belay-probe-[0-9a-f]+' in s3://not-there: the bucket does not exist \\(HTTP 404, "
                + "NoSuchBucket\\)\\.$", fault.Message);
        Assert.Equal("Create the bucket, or correct BACKUP_STORE.", fault.Hint);
    }

    [Fact]
    public async Task Goes_on_after_the_store_was_busy()
    {
        var refusals = 0;
        var store = await OpenAsync((request, send) => request.Method == HttpMethod.Put && Interlocked.Increment(ref refusals) <= 2
            ? Answer(request, HttpStatusCode.ServiceUnavailable, "SlowDown")
            : send());
        var content = RandomNumberGenerator.GetBytes(20 << 20);

        await store.CreateAsync("app/one", content, Token);

        Assert.Equal(content, await SmallObject.ReadAsync(store, "app/one", Token));
        Assert.True(refusals > 2);
    }

    [Fact]
    public async Task Leaves_nothing_visible_when_a_part_is_refused_in_the_middle()
    {
        var store = await OpenAsync(
            (request, send) => IsPart(request, 2) ? Answer(request, HttpStatusCode.Forbidden, "AccessDenied") : send());
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await upload.WriteAsync(new byte[30 << 20], Token);
                await upload.CommitAsync(Token);
            });
            Assert.Equal($"Cannot write 'app/one' in {store.DisplayName}: not permitted (HTTP 403, AccessDenied).", fault.Message);
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Gives_back_the_parts_of_an_upload_that_was_not_committed()
    {
        List<string> aborted = [];
        var store = await OpenAsync((request, send) =>
        {
            if (request.Method == HttpMethod.Delete)
            {
                aborted.Add(request.RequestUri!.Query.Split('=')[0]);
            }

            return send();
        });
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            // More than may be in flight, so that the store has answered before this returns.
            await upload.WriteAsync(new byte[60 << 20], Token);
        }

        Assert.Equal(["?uploadId"], aborted.Distinct());
    }

    [Fact]
    public async Task Refuses_a_part_that_arrived_with_other_bytes()
    {
        var store = await OpenAsync(async (request, send) =>
        {
            if (IsPart(request, 1))
            {
                var bytes = await request.Content!.ReadAsByteArrayAsync(Token);
                bytes[0] ^= 1;
                var headers = request.Content.Headers;
                request.Content = new ByteArrayContent(bytes);
                foreach (var header in headers.NonValidated)
                {
                    request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }

            return await send();
        });
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            var fault = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await upload.WriteAsync(new byte[9 << 20], Token);
                await upload.CommitAsync(Token);
            });
            Assert.Equal($"Cannot write 'app/one' in {store.DisplayName}: part 1 arrived with other bytes than were sent.", fault.Message);
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20 << 20)]
    public async Task Takes_a_commit_whose_answer_was_lost_for_the_success_it_was(int size)
    {
        var lost = 0;
        var store = await OpenAsync(async (request, send) =>
        {
            var answer = await send();
            return IsCommit(request, size) && Interlocked.Increment(ref lost) == 1
                ? throw new HttpRequestException("The answer was lost.")
                : answer;
        });
        await using var upload = await store.BeginUploadAsync("app/one", Token);
        await upload.WriteAsync(new byte[size], Token);

        Assert.Equal(size, (await upload.CommitAsync(Token)).Size);
        Assert.True(lost >= 1);
        await upload.DisposeAsync();
        Assert.NotNull(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Believes_no_success_that_made_no_object()
    {
        // Amazon's S3 answers with 200 at once and may send an error afterwards, in the answer's body.
        var store = await OpenAsync(
            (request, send) => IsCommit(request, 20 << 20) ? Answer(request, HttpStatusCode.OK, "InternalError") : send());
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[20 << 20], Token);
            var fault = await Assert.ThrowsAsync<StoreException>(() => upload.CommitAsync(Token));
            Assert.Equal($"Cannot commit 'app/one' in {store.DisplayName}: the store refused (HTTP 200, InternalError).", fault.Message);
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20 << 20)]
    public async Task Removes_what_a_cancelled_commit_made_visible(int size)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var store = await OpenAsync(async (request, send) =>
        {
            var answer = await send();
            if (IsCommit(request, size))
            {
                await cancellation.CancelAsync();
                throw new OperationCanceledException(cancellation.Token);
            }

            return answer;
        });
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[size], Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload.CommitAsync(cancellation.Token));
        }

        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20 << 20)]
    public async Task Leaves_an_object_that_somebody_else_committed_meanwhile(int size)
    {
        var location = await s3.CreateBucketAsync(Token);
        var other = StoreFactory.Open(location);
        var store = new S3Store(location, new S3StoreOptions
        {
            Transport = new ScriptedHandler(async (request, send) =>
            {
                if (!IsCommit(request, size))
                {
                    return await send();
                }

                Assert.Equal("*", request.Headers.GetValues("If-None-Match").Single());
                if (await other.FindAsync("app/one", Token) is null)
                {
                    await other.CreateAsync("app/one", "theirs"u8.ToArray(), Token);
                }

                return await Answer(request, HttpStatusCode.PreconditionFailed, "PreconditionFailed");
            }),
        });
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[size], Token);
            var fault = await Assert.ThrowsAsync<StoreException>(() => upload.CommitAsync(Token));
            Assert.Equal($"An object 'app/one' already exists in {store.DisplayName}; it was left as it is.", fault.Message);
        }

        Assert.Equal("theirs"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
    }

    private static bool IsCommit(HttpRequestMessage request, int size)
        => size > 8 << 20
            ? request.Method == HttpMethod.Post && request.RequestUri!.Query.Contains("uploadId=", StringComparison.Ordinal)
            : request.Method == HttpMethod.Put;

    private static bool IsPart(HttpRequestMessage request, int number)
        => request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains($"partNumber={number}&", StringComparison.Ordinal);

    private static Task<HttpResponseMessage> Answer(HttpRequestMessage request, HttpStatusCode status, string code)
        => Task.FromResult(new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent($"<Error><Code>{code}</Code><Message>{code}</Message></Error>", Encoding.UTF8, "application/xml"),
        });

    private static async Task MakeBucketAsync(S3StoreLocation location)
    {
        using var client = S3Fixture.Client(location);
        await client.PutBucketAsync(location.Bucket, Token);
    }

    private async Task<IBackupStore> OpenAsync(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> script)
        => new S3Store(await s3.CreateBucketAsync(Token), new S3StoreOptions { Transport = new ScriptedHandler(script) });
}
