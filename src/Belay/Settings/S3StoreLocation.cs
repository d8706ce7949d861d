namespace Belay.Settings;

/// <summary>A bucket of Amazon S3 or of a service that speaks its protocol.</summary>
public sealed record S3StoreLocation : StoreLocation
{
    /// <summary>The bucket's name.</summary>
    public required string Bucket { get; init; }

    /// <summary>The service's address; null for Amazon's own of <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region; null to take it from the environment.</summary>
    public string? Region { get; init; }

    /// <inheritdoc/>
    public override string DisplayName => $"s3://{Bucket}" + (Prefix.Length == 0 ? "" : $"/{Prefix}");
}
