namespace Belay.Schema;

/// <summary>A row of <c>belay.fingerprint</c>: the schema as a recorded run left it, mostly the last one.</summary>
internal sealed record StoredFingerprint
{
    /// <summary>When it was recorded, by the server's clock.</summary>
    public required DateTimeOffset RecordedUtc { get; init; }

    /// <summary>When a release last found the schema equal to it; at first the time it was recorded.</summary>
    public required DateTimeOffset SeenUtc { get; init; }

    /// <summary>What recorded it, for example <c>release behind backup 20251012T103000Z-aa</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The server's major version at that time.</summary>
    public required int ServerMajor { get; init; }

    /// <summary>The form of the lines.</summary>
    public required int Format { get; init; }

    /// <summary>The schema's lines; empty for an old row, which keeps its hash alone.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>SHA-256 over the lines, in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Whether a snapshot can be set against it: the same form, and the same words for the same schema.</summary>
    public bool IsComparable(SchemaSnapshot snapshot) => snapshot?.ServerMajor == ServerMajor && Format == SchemaSnapshot.CurrentFormat;
}
