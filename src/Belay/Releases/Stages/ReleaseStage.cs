using Belay.Arguments;
using Belay.Migrations;
using Belay.Preflight;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <summary>One stage of a release, declared once: what it is called and does, what it needs, when it runs,
/// what a failure in it means, what runs.</summary>
/// <remarks>Whatever hosts a release, a build engine or a console program, takes order, settings,
/// dry-run rules and exit codes from here.</remarks>
public sealed record ReleaseStage : NamedTarget
{
    /// <summary>Declares a stage.</summary>
    /// <param name="runs">Does the work and returns one fact for the summary.</param>
    internal ReleaseStage(Func<ReleaseRun, CancellationToken, Task<string>> runs) => Runs = runs;

    /// <summary>What it can be told besides what its settings are read from. The default is nothing.</summary>
    internal IReadOnlyList<Parameter> Own { get; init; } = [];

    /// <summary>What its settings are read from, its own parameters, and the dry run where it heeds one.</summary>
    public override IReadOnlyList<Parameter> Parameters
        => [.. StageParameters.Of(Needs), .. Own, .. DryRun == DryRunRule.Heeds ? [MigrationParameters.DryRun] : Array.Empty<Parameter>()];

    /// <summary>The stages that run because this one does, after it.</summary>
    public IReadOnlyList<ReleaseStage> Triggers { get; init; } = [];

    /// <summary>The settings that it needs, so that all faults of a run are reported before its first stage.</summary>
    public required SettingParts Needs { get; init; }

    /// <summary>The settings that it needs in a dry run. The default is those of any run, and none where a dry run leaves it out.</summary>
    public SettingParts? NeedsInDryRun { get; init; }

    /// <summary>What a dry run means to it.</summary>
    internal DryRunRule DryRun { get; init; }

    /// <summary>Whether it runs only when a migration is pending, unless it was typed.</summary>
    public bool OnlyWhenPending { get; init; }

    /// <summary>What it changes, so that preflight stops a run for nothing else.</summary>
    internal ReleaseWork Work { get; init; }

    /// <summary>Whether a run of it leaves a record; false for what only looks. The default is true.</summary>
    public bool LeavesRecord { get; init; } = true;

    /// <summary>Whether others are told of a run of it, by webhook and metrics; false for what only looks. The default is true.</summary>
    internal bool TellsOthers { get; init; } = true;

    /// <summary>Whether it changes a database, so that its runs are that database's releases. The default is no.</summary>
    public bool ChangesDatabase { get; init; }

    /// <summary>The exit code when something stops it that nobody thought of. The default is that of preflight:
    /// nothing was touched.</summary>
    public int FaultExitCode { get; init; } = ExitCodes.PreflightRefused;

    /// <summary>What runs.</summary>
    internal Func<ReleaseRun, CancellationToken, Task<string>> Runs { get; }

    /// <summary>The settings that it needs in a run.</summary>
    /// <param name="isDryRun">Whether nothing is kept.</param>
    public SettingParts NeedsOf(bool isDryRun)
        => !isDryRun ? Needs : NeedsInDryRun ?? (DryRun == DryRunRule.LeftOut ? SettingParts.None : Needs);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
