namespace Belay.Storage.S3;

/// <summary>A whole object to write in one request.</summary>
internal sealed record S3Content
{
    /// <summary>Metadata that tells this upload's object from another's when the answer to the last request was lost.</summary>
    public const string MarkName = "belay-upload";

    public required string Name { get; init; }

    /// <summary>A new view of the bytes; a retry reads them again.</summary>
    public required Func<Stream> OpenRead { get; init; }

    /// <summary>The MD5 of the bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The upload's mark; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>The version that it takes the place of; null when the name must be free.</summary>
    public string? ReplacedVersion { get; init; }
}
