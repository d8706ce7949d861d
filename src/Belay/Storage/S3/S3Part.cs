namespace Belay.Storage.S3;

/// <summary>One part of a multipart upload.</summary>
internal sealed record S3Part
{
    public required string Name { get; init; }

    public required string UploadId { get; init; }

    /// <summary>Its place in the object, from one.</summary>
    public required int Number { get; init; }

    public required Stream Content { get; init; }

    /// <summary>The MD5 of its bytes.</summary>
    public required byte[] Hash { get; init; }
}
