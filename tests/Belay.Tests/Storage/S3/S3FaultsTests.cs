using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Belay.Storage.S3;

namespace Belay.Tests.Storage.S3;

public sealed class S3FaultsTests
{
    private const string Rights =
        "The key or role needs s3:ListBucket and s3:ListBucketMultipartUploads on the bucket, and s3:GetObject, s3:PutObject, "
            + "s3:DeleteObject and s3:AbortMultipartUpload on its objects.";

    [Theory]
    [InlineData(404, "NoSuchBucket", "the bucket does not exist", "Create the bucket, or correct BACKUP_STORE.")]
    [InlineData(403, "InvalidAccessKeyId", "the key was not accepted", "Copy AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY again.")]
    [InlineData(403, "SignatureDoesNotMatch", "the key was not accepted", "Copy AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY again.")]
    [InlineData(400, "ExpiredToken", "the sign-in has expired", "Sign in again (aws sso login), or get a new AWS_SESSION_TOKEN.")]
    [InlineData(
        403,
        "RequestTimeTooSkewed",
        "this machine's clock is wrong",
        "Set the clock (timedatectl set-ntp true) and run the command again.")]
    [InlineData(301, "PermanentRedirect", "the bucket is in another region", "export AWS_REGION=… with the bucket's region.")]
    [InlineData(403, "AccessDenied", "not permitted", Rights)]
    [InlineData(501, "NotImplemented", "the server does not know this request", null)]
    [InlineData(503, "SlowDown", "the store is busy or broken", "Run the command again later.")]
    [InlineData(400, "InvalidRequest", "the store refused", null)]
    public void Says_what_the_store_answered_and_what_to_do(int status, string code, string meaning, string? hint)
    {
        var refused = new AmazonS3Exception("AKIAEXAMPLE") { StatusCode = (HttpStatusCode)status, ErrorCode = code };

        var fault = new S3Faults("s3://backups").Explain("write", "app/one", refused);

        Assert.Equal($"Cannot write 'app/one' in s3://backups: {meaning} (HTTP {status}, {code}).", fault.Message);
        Assert.Equal(hint, fault.Hint);
        Assert.Equal(status == 403, fault.InnerException is null);
    }

    [Fact]
    public void Says_that_no_key_was_found()
    {
        var fault = new S3Faults("s3://backups").Explain("list", "", new AmazonClientException("Failed to resolve AWS credentials."));

        Assert.Equal("Cannot list '' in s3://backups: no AWS credentials were found.", fault.Message);
        Assert.Equal(
            "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…, or name a profile with AWS_PROFILE, or give this machine a role.",
            fault.Hint);
    }

    [Fact]
    public void Names_the_innermost_cause_of_a_broken_connection()
    {
        var fault = new S3Faults("s3://backups")
            .Explain("list", "", new HttpRequestException("outer", new IOException("Connection refused")));

        Assert.Equal("Cannot list '' in s3://backups: Connection refused.", fault.Message);
        Assert.Equal("Look at AWS_ENDPOINT_URL, AWS_REGION, the network and the proxy, then run the command again.", fault.Hint);
    }
}
