using Belay.Migrations;
using Belay.Postgres;
using Belay.Schema;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Preflight;

/// <summary>What preflight looks at.</summary>
internal sealed record PreflightRequest
{
    /// <summary>The target database.</summary>
    public required DatabaseTarget Target { get; init; }

    /// <summary>The backup store; null to leave it out.</summary>
    public required IBackupStore? Store { get; init; }

    /// <summary>What the run does: a refusal of other work does not stop it. The default is all.</summary>
    public ReleaseWork Work { get; init; } = ReleaseWork.All;

    /// <summary>Where the release record will be written; null to leave it out.</summary>
    public string? RecordFolder { get; init; }

    /// <summary>Where the migrations are.</summary>
    public required MigrationSettings Migrations { get; init; }

    /// <summary>Whether the migrations are ours: read from the folder and set against the history. The default is yes.</summary>
    public bool ReadsMigrations { get; init; } = true;

    /// <summary>What it means that the schema is not as the last release left it. The default is a warning.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Whether the run tries migrations and rollback scripts on a copy first. The default is no.</summary>
    public bool Rehearses { get; init; }

    /// <summary>How long another transaction must have been open to be worth a warning. The default is 1 minute.</summary>
    public TimeSpan OldTransaction { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long two sessions at once may take to answer before they count as kept waiting by a connection pooler.
    /// The default is 10 seconds.</summary>
    public TimeSpan TwoSessionsWait { get; init; } = FixedBackend.Patience;

    /// <summary>Measures <see cref="TwoSessionsWait"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Finds the PostgreSQL programs of this machine.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<PostgresTools>>> FindTools { get; init; } = PostgresInstallations.FindAsync;
}
