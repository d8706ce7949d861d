using Belay.Adoption;
using Belay.Backups;
using Belay.Migrations;
using Belay.Migrators;
using Belay.Notices;
using Belay.Recovery;
using Belay.Rehearsal;
using Belay.Retention;
using Belay.Risks;
using Belay.Schema;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;
using Belay.Watching;

namespace Belay.Releases;

/// <summary>Everything that a run was told, validated.</summary>
internal sealed record ReleaseSettings
{
    /// <summary>The target database; null when the run does not need it.</summary>
    public DatabaseTarget? Database { get; init; }

    /// <summary>The backup store; null when the run does not need it.</summary>
    public StoreLocation? Store { get; init; }

    /// <summary>The smoke test; null when the run does not need it.</summary>
    public SmokeSettings? Smoke { get; init; }

    /// <summary>The application that a profile's servers bring, for a rehearsal; null for none.</summary>
    public IApplication? Application { get; init; }

    /// <summary>How migrations are found and run.</summary>
    public required MigrationSettings Migrations { get; init; }

    /// <summary>How backups are taken and proven.</summary>
    public required BackupSettings Backup { get; init; }

    /// <summary>Which backups cleanup leaves.</summary>
    public required RetentionSettings Retention { get; init; }

    /// <summary>What is to be written into the history without running it.</summary>
    public HistorySettings History { get; init; } = new();

    /// <summary>The migrator that runs in place of Belay's own runner; null for that.</summary>
    public MigratorSettings? Migrator { get; init; }

    /// <summary>What a schema means that is not as the last release left it. The default is a warning.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Whether to rehearse, and the budgets.</summary>
    internal RehearsalSettings Rehearsal { get; init; } = new();

    /// <summary>What counts as a risk, and what it means.</summary>
    internal RiskSettings Risks { get; init; } = new();

    /// <summary>What a failure after the commit leads to. The default is that nothing goes back by itself.</summary>
    internal FailurePolicy OnFailure { get; init; }

    /// <summary>Whether a restore ends the sessions of the database that it replaces.</summary>
    public bool EndsSessions { get; init; }

    /// <summary>The path of the file that gets the run's metrics; null for none.</summary>
    public string? MetricsFile { get; init; }

    /// <summary>How a release is watched.</summary>
    public WatchSettings Watch { get; init; } = new();

    /// <summary>Who is told of the run; empty for nobody.</summary>
    public IReadOnlyList<Webhook> Webhooks { get; init; } = [];

    /// <summary>Whether to say what would be done and do nothing.</summary>
    public bool DryRun { get; init; }
}
