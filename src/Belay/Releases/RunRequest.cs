using Belay.Settings;

namespace Belay.Releases;

/// <summary>What was asked of this run.</summary>
internal sealed record RunRequest
{
    /// <summary>The parameters as text.</summary>
    public required SettingsInput Input { get; init; }

    /// <summary>The settings that the planned targets need.</summary>
    public required SettingParts Required { get; init; }

    /// <summary>Whose servers are the target; null for those that the settings name.</summary>
    public IServerProfile? Profile { get; init; }

    /// <summary>Where the run tells what it does.</summary>
    public required IReleaseOutput Output { get; init; }

    /// <summary>The parameters of single targets.</summary>
    public required StageArguments Arguments { get; init; }

    /// <summary>Whether a smoke test is planned, so that the login is tried before the migration too.</summary>
    public required bool SmokeTestFollows { get; init; }

    /// <summary>The targets that were typed.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The targets that will run, typed or not, in their order.</summary>
    public required IReadOnlyList<string> Planned { get; init; }

    private static readonly string[] HeedDryRun = ["Migrate", "Rollback", "CleanupBackups", "Baseline", "Adopt", "Repair"];

    /// <summary>Refuses <c>--dry-run</c> for a target that would not heed it.</summary>
    /// <exception cref="SettingsException">A target was typed with it that does not heed it.</exception>
    public void DemandThatDryRunApplies()
    {
        if (Arguments.DryRun && Targets.Except(HeedDryRun).ToList() is [_, ..] others)
        {
            throw new SettingsException(
                $"--dry-run is for {string.Join(", ", HeedDryRun)}; {string.Join(", ", others)} would not heed it, so nothing was touched",
                "./build.sh Migrate --plan prints what would run; ./build.sh Preflight looks and touches nothing");
        }
    }
}
