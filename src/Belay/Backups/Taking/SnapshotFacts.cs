using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>What the catalogue of the dumped snapshot says.</summary>
internal sealed record SnapshotFacts
{
    public required DatabaseIdentity Identity { get; init; }

    public required ServerFacts Server { get; init; }

    /// <summary>When the snapshot's transaction began; never later than the snapshot, so that the gate errs on the safe side.</summary>
    public required DateTimeOffset TakenUtc { get; init; }

    /// <summary>The server, and the end of its log just before the snapshot.</summary>
    public required ServerPosition Position { get; init; }

    public required IReadOnlyList<BackupTable> Tables { get; init; }

    public required IReadOnlyDictionary<string, long> Sequences { get; init; }

    /// <summary>What the server counted of writes just before the snapshot; null when it does not count.</summary>
    public required CountedWrites? Writes { get; init; }

    public required long LargeObjects { get; init; }

    public required IReadOnlyList<string> Owners { get; init; }

    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>What the database is besides what is in it, with values that may be secrets.</summary>
    public required DatabaseDefinition Definition { get; init; }

    /// <summary>The rows of pg_class: what the archive's table of contents grows with.</summary>
    public required long Relations { get; init; }
}
