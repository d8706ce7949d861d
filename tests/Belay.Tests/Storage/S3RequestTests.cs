using System.Net;
using Belay.Storage.S3;
using Belay.Tests.Support;

namespace Belay.Tests.Storage;

/// <summary>What goes over the wire to Amazon and to other servers; no server of theirs is at hand.</summary>
public sealed class S3RequestTests
{
    private static readonly byte[] Md5 = Convert.FromHexString("900150983cd24fb0d6963f7d28e17f72");

    private readonly AnsweringHandler handler = new(HttpStatusCode.OK);

    [Fact]
    public async Task Asks_Amazon_for_a_bucket_by_its_host_and_another_server_by_its_path()
    {
        await PutAsync(new S3Access { Region = "eu-central-1" });
        await PutAsync(new S3Access { Endpoint = new Uri("https://s3.example.com:9000") });

        Assert.Equal(
            ["https://backups.s3.eu-central-1.amazonaws.com/prod/app/one", "https://s3.example.com:9000/backups/prod/app/one"],
            handler.Requests.Select(request => request.RequestUri!.AbsoluteUri));
        Assert.Equal(
            ["eu-central-1", "us-east-1"],
            handler.Requests.Select(request => request.Headers.NonValidated["Authorization"].ToString().Split('/')[2]));
    }

    [Fact]
    public async Task Sends_an_MD5_and_a_condition_and_none_of_the_checksums_that_servers_refuse()
    {
        await PutAsync(new S3Access { Endpoint = new Uri("https://s3.example.com") });

        var request = Assert.Single(handler.Requests);
        Assert.Equal(Md5, request.Content!.Headers.ContentMD5);
        Assert.Equal("*", Assert.Single(request.Headers.GetValues("If-None-Match")));
        Assert.Equal("UNSIGNED-PAYLOAD", Assert.Single(request.Headers.GetValues("X-Amz-Content-SHA256")));
        Assert.DoesNotContain(
            request.Headers.NonValidated,
            header => header.Key.Contains("checksum", StringComparison.OrdinalIgnoreCase)
                || header.Key.Contains("trailer", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("hidden-word", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_the_payload_where_nothing_else_protects_it()
    {
        await PutAsync(new S3Access { Endpoint = new Uri("http://127.0.0.1:9000") });

        // The SHA-256 of "abc".
        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            Assert.Single(handler.Requests[0].Headers.GetValues("X-Amz-Content-SHA256")));
    }

    private S3Bucket Bucket(S3Access access) => new(
        new S3StoreLocation
        {
            Bucket = "backups",
            Prefix = "prod",
            Access = access with { AccessKeyId = "AKIAEXAMPLE", SecretAccessKey = new Secret("hidden-word") },
        },
        new S3StoreOptions { Transport = handler });

    private Task PutAsync(S3Access access)
        => Bucket(access)
            .PutAsync(new S3Content { Name = "app/one", OpenRead = () => new MemoryStream("abc"u8.ToArray()), Hash = Md5 }, Token);
}
