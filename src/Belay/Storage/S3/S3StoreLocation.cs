namespace Belay.Storage.S3;

/// <summary>A bucket of Amazon S3 or of a server that speaks its protocol.</summary>
public sealed record S3StoreLocation : StoreLocation
{
    /// <summary>The bucket's name.</summary>
    public required string Bucket { get; init; }

    /// <summary>The server and the way in.</summary>
    public S3Access Access { get; init; } = new();

    /// <inheritdoc/>
    public override string DisplayName => $"s3://{Bucket}" + (Prefix.Length == 0 ? "" : $"/{Prefix}");
}
