using System.Text.Json;
using Belay.Reporting;

namespace Belay.Monitoring;

/// <summary>What Status prints with <c>--output json</c>. Members are added, never renamed or taken away within one format.</summary>
internal sealed record StatusDocument
{
    /// <summary>The format's version.</summary>
    public int Format { get; init; } = 1;

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset NowUtc { get; init; }

    /// <summary>The database as people may see it, <c>host:port/database</c>; null when none is named.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the database answered; without it migrations and schema are not known.</summary>
    public bool IsDatabaseKnown { get; init; }

    /// <summary>Whether the folder of migrations was there; without it what is pending is not known.</summary>
    public bool IsFolderKnown { get; init; }

    /// <summary>All migrations of folder and history, in their order; null when they are not known.</summary>
    public IReadOnlyList<StatusDocumentMigration>? Migrations { get; init; }

    /// <summary>The schema beside the recorded one; null when none is recorded or nobody looked.</summary>
    public StatusDocumentSchema? Schema { get; init; }

    /// <summary>The store's backups, newest first; null when the store could not be read.</summary>
    public IReadOnlyList<StatusDocumentBackup>? Backups { get; init; }

    /// <summary>The database's newest releases, newest first, with <c>--releases</c>; null without it.</summary>
    public IReadOnlyList<StatusRelease>? Releases { get; init; }

    /// <summary>The process's exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why it is not 0; null when it is.</summary>
    public string? Message { get; init; }

    /// <summary>What to do next; null when nothing needs doing.</summary>
    public string? Hint { get; init; }

    /// <summary>The document of what was seen.</summary>
    /// <param name="report">What was seen; null when Status failed before.</param>
    public static StatusDocument Of(StatusReport? report, DateTimeOffset now, int exitCode) => new()
    {
        NowUtc = report?.NowUtc ?? now,
        Database = report is { IsDatabaseNamed: true } ? report.Database : null,
        IsDatabaseKnown = report?.IsDatabaseKnown ?? false,
        IsFolderKnown = report?.IsFolderKnown ?? false,
        Migrations = report is { IsDatabaseKnown: true } ? [.. report.Migrations.Select(StatusDocumentMigration.Of)] : null,
        Schema = report?.Schema is { } drift ? StatusDocumentSchema.Of(drift) : null,
        Backups = report?.Backups is { } backups
            ? [.. backups.Select(backup => StatusDocumentBackup.Of(backup, report.NowUtc))]
            : null,
        Releases = report?.Releases?.Newest,
        ExitCode = exitCode,
    };

    /// <summary>The document's text, with secrets masked.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReleaseJson.Options) + "\n";
}
