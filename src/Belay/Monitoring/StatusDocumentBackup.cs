using Belay.Backups;
using Belay.Reporting;

namespace Belay.Monitoring;

/// <summary>A backup as Status prints it in JSON.</summary>
internal sealed record StatusDocumentBackup
{
    /// <summary>Its id, or the name of a manifest that cannot be read.</summary>
    public required string Id { get; init; }

    /// <summary>The database's name; null when its manifest cannot be read.</summary>
    public string? Database { get; init; }

    /// <summary>The address of the server that it was taken on; null when it is not known.</summary>
    public string? Server { get; init; }

    /// <summary>When it was complete.</summary>
    public required DateTimeOffset EndedUtc { get; init; }

    /// <summary>Seconds since then, by this machine's clock.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary>Its stored size in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The level of proof, as <c>--proof-level</c> names it; <c>none</c> for one that is not whole.</summary>
    public required string Proof { get; init; }

    /// <summary>Whether it is whole and was read back, or more.</summary>
    public required bool IsProven { get; init; }

    /// <summary>When cleanup will delete it; null when it never will.</summary>
    public DateTimeOffset? DeleteUtc { get; init; }

    /// <summary>Why it stays or what is odd about it; null for nothing.</summary>
    public string? Remark { get; init; }

    public static StatusDocumentBackup Of(StatusBackup backup, DateTimeOffset now) => new()
    {
        Id = backup.Id,
        Database = backup.Database,
        Server = backup.Server,
        EndedUtc = backup.EndedUtc,
        AgeSeconds = Math.Round((now - backup.EndedUtc).TotalSeconds, 3),
        SizeBytes = backup.Size,
        Proof = backup.Level.Word(),
        IsProven = backup.Level >= ProofLevel.Readback,
        DeleteUtc = backup.DeleteUtc,
        Remark = backup.Remark,
    };
}
