using Belay.Preflight;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>What was asked of this run.</summary>
internal sealed record RunRequest
{
    /// <summary>Who runs it.</summary>
    public required ReleaseHost Host { get; init; }

    /// <summary>The targets that were typed.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The settings that the planned stages need.</summary>
    public required SettingParts Required { get; init; }

    /// <summary>What the planned stages change.</summary>
    public required ReleaseWork Work { get; init; }

    /// <summary>Whether it is the whole release, which tells how it ended.</summary>
    public required bool IsRelease { get; init; }

    /// <summary>Whether the checks of earlier releases count as those of this one do.</summary>
    public required bool CountsAllChecks { get; init; }

    /// <summary>Whether the login is tried before anything is touched: where it is tried again after the migration, and where a look at
    /// everything was asked for.</summary>
    public required bool TriesLogin { get; init; }

    /// <summary>Whether a release leaves the login out after its migration, as it was told to.</summary>
    public bool LeavesLoginOut { get; init; }

    /// <summary>What the planned stages can be told, for the record. The default is nothing.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Whether the run is one that changes a database, so that it belongs to that database's past. The default is no.</summary>
    public bool ChangesDatabase { get; init; }

    /// <summary>Whether a record is written at the end.</summary>
    public required bool LeavesRecord { get; init; }

    /// <summary>Whether others are told of the run: it does more than look.</summary>
    public bool TellsOthers { get; init; }

    /// <summary>Whether the release is watched after its migrations.</summary>
    public bool Watches { get; init; }

    /// <summary>Whether it shows where the database stands.</summary>
    public bool ShowsStatus => Targets.Contains("Status");

    /// <summary>The texts that the run was given.</summary>
    public SettingsInput Input => Host.Input;
}
