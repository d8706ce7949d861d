using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Belay.Storage.Network;

namespace Belay.Storage.S3;

/// <summary>Turns the SDK's errors into messages that name the store, the object, the status and the error code, and no key.</summary>
/// <param name="Store">The store as people may see it.</param>
internal sealed record S3Faults(string Store) : NetworkFaults(Store)
{
    private const string Rights =
        "The key or role needs s3:ListBucket and s3:ListBucketMultipartUploads on the bucket, and s3:GetObject, s3:PutObject, "
            + "s3:DeleteObject and s3:AbortMultipartUpload on its objects.";

    /// <summary>A cancellation that nobody asked for is a time limit that ran out.</summary>
    public static bool IsStoreFault(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or IOException or SocketException or HttpRequestException => true,
        _ => false,
    };

    public static bool IsMissing(AmazonServiceException fault)
        => fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode != "NoSuchBucket";

    /// <summary>Whether the store says that a condition of the request does not hold, or that another
    /// request is changing the object.</summary>
    public static bool IsConditionFault(AmazonServiceException fault)
        => fault.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict;

    protected override bool IsFault(Exception fault, CancellationToken cancellationToken) => IsStoreFault(fault, cancellationToken);

    public override StoreException Explain(string verb, string name, Exception fault)
    {
        var what = $"Cannot {verb} '{name}' in {Store}: ";
        return fault switch
        {
            AmazonServiceException { StatusCode: > 0 } refused => Refused(what, refused),
            OperationCanceledException => new StoreException(
                what + "the store did not answer in time.", "Look at the network and run the command again.", fault),
            AmazonClientException
                when fault.InnerException is null or AmazonClientException => new StoreException(
                    what + "no AWS credentials were found.",
                    "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…, or name a profile with AWS_PROFILE, or give this machine a role.",
                    fault),
            _ => Unreachable(what, fault),
        };
    }

    private static StoreException Refused(string what, AmazonServiceException fault)
    {
        var (meaning, hint) = fault.ErrorCode switch
        {
            "NoSuchBucket" => ("the bucket does not exist", "Create the bucket, or correct BACKUP_STORE."),
            "InvalidAccessKeyId"
                or "SignatureDoesNotMatch" => ("the key was not accepted", "Copy AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY again."),
            "ExpiredToken"
                or "InvalidToken"
                or "ExpiredTokenException" => ("the sign-in has expired", "Sign in again (aws sso login), or get a new AWS_SESSION_TOKEN."),
            "RequestTimeTooSkewed" => (
                "this machine's clock is wrong", "Set the clock (timedatectl set-ntp true) and run the command again."),
            "PermanentRedirect"
                or "AuthorizationHeaderMalformed"
                or "IllegalLocationConstraintException" => (
                    "the bucket is in another region", "export AWS_REGION=… with the bucket's region."),
            "ObjectLocked" => ("the object is locked", "Its retention has not ended; run the command again later."),
            "EntityTooLarge" => ("the object is larger than the store takes", "Split the database, or use another store."),
            "BadDigest"
                or "InvalidDigest" => ("the bytes arrived damaged", "Run the command again; if it stays so, look at proxies on the way."),
            "NotImplemented" => ("the server does not know this request", null),
            _ when fault.StatusCode == HttpStatusCode.Forbidden => ("not permitted", Rights),
            _ when (int)fault.StatusCode is >= 500 or 429 => ("the store is busy or broken", "Run the command again later."),
            _ => ("the store refused", null),
        };
        var code = string.IsNullOrEmpty(fault.ErrorCode) ? "no error code" : fault.ErrorCode;
        return new StoreException(
            $"{what}{meaning} (HTTP {(int)fault.StatusCode}, {code}).", hint, fault.StatusCode == HttpStatusCode.Forbidden ? null : fault);
    }

    private static StoreException Unreachable(string what, Exception fault)
        => new(
            $"{what}{fault.GetBaseException().Message.TrimEnd('.')}.",
            "Look at AWS_ENDPOINT_URL, AWS_REGION, the network and the proxy, then run the command again.",
            fault);
}
