using Belay.History;
using Belay.Migrations.Observation;
using Belay.Postgres;

namespace Belay.Migrations;

/// <summary>What the parts of one run share.</summary>
internal sealed record RunContext(DatabaseConnector Connector, MigrationSettings Settings, IReleaseOutput Output, TimeProvider TimeProvider)
{
    /// <summary>The backup behind the run; null for a run that changes the history alone.</summary>
    public required string? BackupId { get; init; }

    /// <summary>The exit code for a run that ends before it changed anything. The default is that of a
    /// migration that was rolled back.</summary>
    public int UntouchedExitCode { get; init; } = ExitCodes.MigrationRolledBack;

    /// <summary>Whether all is rolled back at the end, so that nobody should wait for it for long.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Watches the statements, on a copy; null in a release.</summary>
    public IStatementObserver? Observer { get; init; }

    /// <summary>Tells what runs now; null while no file does.</summary>
    public MigrationProgress? Progress { get; set; }

    /// <summary>Keeps what the scripts do, for the record; null where nobody wants it.</summary>
    public ScriptTrace? Trace { get; init; }

    /// <summary>Belay's tables as the last file, or the last statement outside a transaction, that is committed found them after its
    /// script; null until one is.</summary>
    public HistoryMark? History { get; set; }

    /// <summary>Whether these tables keep every version as it is; no where that is not known.</summary>
    public bool KeepsAnyVersion { get; set; }

    /// <summary>Whether what the server counts tells what a script has done to rows: nothing in the folder of migrations switches that off.
    /// Superusers may do so, also in a function that a later script calls. The default is no.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The migrations that this run applied.</summary>
    public List<AppliedMigration> Applied { get; } = [];

    /// <summary>A run that changes the history alone, so that it needs no backup.</summary>
    public static RunContext OfHistory(
        DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
        => new(connector, settings, output, timeProvider) { BackupId = null, UntouchedExitCode = ExitCodes.PreflightRefused };

    /// <summary>Says which migrations of this run stay applied although a later one failed; empty when there are none.</summary>
    public string AppliedSoFar => Applied.Count == 0
        ? ""
        : "\nApplied by this run before it, and still applied: "
            + $"{string.Join(", ", Applied.Select(migration => $"{migration.Version} {migration.Name}"))}.";
}
