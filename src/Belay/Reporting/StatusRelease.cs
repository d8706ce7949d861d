namespace Belay.Reporting;

/// <summary>A stored record as Status shows it.</summary>
/// <param name="Number">Its number in the chain, counted from 1.</param>
/// <param name="FinishedUtc">When the run ended; null when the record cannot be read.</param>
/// <param name="Targets">The targets that were asked for.</param>
/// <param name="Outcome">How it ended, in words; null when the record cannot be read.</param>
internal sealed record StatusRelease(long Number, DateTimeOffset? FinishedUtc, IReadOnlyList<string> Targets, string? Outcome)
{
    /// <summary>The database as people may see it, with its server.</summary>
    public string? Database { get; init; }

    /// <summary>The migrations that it applied.</summary>
    public IReadOnlyList<string> Migrations { get; init; } = [];

    /// <summary>The backup behind it; null for none.</summary>
    public string? BackupId { get; init; }

    /// <summary>Who ran it, and where.</summary>
    public string? Who { get; init; }

    /// <summary>Why the record cannot be read; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The release of a record.</summary>
    public static StatusRelease Of(long number, ReleaseRecord record)
        => new(number, record.FinishedUtc, record.Targets, ReleaseMarkdown.Verdict(record))
        {
            Database = record.Database,
            Migrations = [.. record.Migrations.Select(migration => migration.Name)],
            BackupId = record.Backup?.Id,
            Who = record.Actor.ToString(),
        };
}
