namespace Belay.Releases;

/// <summary>The parameters of single targets.</summary>
internal sealed record StageArguments
{
    /// <summary>A backup's id, or <c>latest</c>; null for latest.</summary>
    public string? BackupId { get; init; }

    /// <summary>The name of the database whose backups are meant; null for that of DATABASE_URL.</summary>
    public string? Database { get; init; }

    /// <summary>Why a backup is put on hold.</summary>
    public string? Reason { get; init; }

    /// <summary>The database's name, to confirm a rollback.</summary>
    public string? Confirm { get; init; }

    /// <summary>The folder that a backup is fetched into.</summary>
    public string? To { get; init; }

    /// <summary>Whether to list only.</summary>
    public bool DryRun { get; init; }
}
