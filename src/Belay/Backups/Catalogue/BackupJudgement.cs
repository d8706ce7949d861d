namespace Belay.Backups.Catalogue;

/// <summary>The one judgement of a stored backup: what the gate, a cleanup, Status and a proof hold of
/// it before they read its bytes.</summary>
internal sealed record BackupJudgement
{
    /// <summary>Which of its objects is missing, has another size or was replaced after it was proven, as a clause;
    /// null for none.</summary>
    public string? ObjectFault { get; init; }

    /// <summary>Why its manifest's seal is not one of <c>RECORD_KEY</c>, as a clause; null when it is, or when no key is set.</summary>
    public string? SealFault { get; init; }

    /// <summary>The level of proof that the manifest claims, no higher than what was compared for it.</summary>
    public required ProofLevel Level { get; init; }

    /// <summary>Whether every object is the one that the manifest says, as far as names, sizes and versions tell,
    /// and the seal is right.</summary>
    public bool IsWhole => Fault is null;

    /// <summary>Whether it is whole and was read back, or more.</summary>
    public bool IsProven => IsWhole && Level >= ProofLevel.Readback;

    /// <summary>The first fault, as a clause; null for none.</summary>
    public string? Fault => ObjectFault ?? SealFault;

    /// <summary>The level that a manifest claims; without row counts none were compared, whatever it says.</summary>
    public static ProofLevel LevelOf(BackupManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest is { ProofLevel: ProofLevel.Restored, RowCounts: null } ? ProofLevel.RestoredUncounted : manifest.ProofLevel;
    }
}
