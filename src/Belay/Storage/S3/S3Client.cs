using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Belay.Storage.S3;

/// <summary>Makes the SDK's client for a location.</summary>
internal static class S3Client
{
    private const string RegionHint =
        "export AWS_REGION=eu-central-1 (the bucket's region), or AWS_ENDPOINT_URL=https://host:port for a server of your own";

    /// <summary>What servers of their own sign with when they are told nothing else.</summary>
    private const string UsualRegion = "us-east-1";

    public static IAmazonS3 Open(S3StoreLocation location, S3StoreOptions options)
    {
        try
        {
            var configured = Configure(location.Access, options);
            return KeyOf(location.Access) is { } key ? new AmazonS3Client(key, configured) : new AmazonS3Client(configured);
        }
        catch (AmazonClientException fault)
        {
            throw new StoreException($"{location.DisplayName} cannot be opened: {fault.Message.TrimEnd('.')}.", RegionHint, fault);
        }
    }

    private static AWSCredentials? KeyOf(S3Access access) => (access.AccessKeyId, access.SecretAccessKey, access.SessionToken) switch
    {
        ({ } id, { } key, { } token) => new SessionAWSCredentials(id, key.Reveal(), token.Reveal()),
        ({ } id, { } key, null) => new BasicAWSCredentials(id, key.Reveal()),
        _ => null,
    };

    private static AmazonS3Config Configure(S3Access access, S3StoreOptions options)
    {
        var nearby = access.Endpoint?.IsLoopback == true;
        var configured = new AmazonS3Config
        {
            HttpClientFactory = new S3Transport(options.Transport, options.TimeProvider),
            RetryMode = RequestRetryMode.Standard,
            // A service on this machine that does not answer is not there; across a network it may come back.
            MaxErrorRetry = nearby ? 3 : 6,
            DisableLogging = true,
            // Parts carry their MD5, which every server knows; many refuse the checksums that the SDK adds by itself.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (access.Profile is { } profile)
        {
            configured.Profile = new Profile(profile);
        }

        if (access.Endpoint is { } endpoint)
        {
            configured.ServiceURL = endpoint.AbsoluteUri;
            configured.ForcePathStyle = true;
            configured.AuthenticationRegion = access.Region ?? UsualRegion;
        }
        else if (access.Region is { } region)
        {
            configured.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return configured;
    }
}
