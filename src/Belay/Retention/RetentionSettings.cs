namespace Belay.Retention;

/// <summary>Which backups cleanup leaves.</summary>
internal sealed record RetentionSettings
{
    /// <summary>How long a backup is kept after its end. The default is 7 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>At least this many of the newest backups stay besides. The default is 0: the newest proven one stays anyway.</summary>
    public int KeepLast { get; init; }

    /// <summary>The newest backup of each of this many weeks stays besides. The default is 0.</summary>
    public int KeepWeekly { get; init; }

    /// <summary>The newest backup of each of this many months stays besides. The default is 0.</summary>
    public int KeepMonthly { get; init; }

    /// <summary>Whether the backups that stay are trusted without being read back before others are deleted for them.
    /// The default is no.</summary>
    public bool TrustSurvivors { get; init; }

    /// <summary>Whether to list what would be deleted and delete nothing.</summary>
    public bool DryRun { get; init; }
}
