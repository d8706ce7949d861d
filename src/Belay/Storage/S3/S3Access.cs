namespace Belay.Storage.S3;

/// <summary>The server that speaks S3 and the way in. Whatever is null the AWS SDK finds as it always does: profile, web identity,
/// container, instance.</summary>
public sealed record S3Access
{
    /// <summary>The address of an S3-compatible server; null for Amazon's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region's name; <c>us-east-1</c> by default where an endpoint is given.</summary>
    public string? Region { get; init; }

    /// <summary>A profile of the shared AWS configuration files.</summary>
    public string? Profile { get; init; }

    /// <summary>The access key's id; set together with <see cref="SecretAccessKey"/>.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The access key.</summary>
    public Secret? SecretAccessKey { get; init; }

    /// <summary>The token of temporary keys.</summary>
    public Secret? SessionToken { get; init; }
}
