using Belay.Preflight;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <summary>Which stages a run goes through, and what follows from that: the settings it needs, what it changes,
/// whether a dry run applies.</summary>
public sealed record ReleasePlan
{
    private ReleasePlan(IReadOnlyList<string> typed, IEnumerable<string> planned)
        => (Targets, Stages) = (typed, [.. planned.Select(ReleaseStages.Find).OfType<ReleaseStage>()]);

    /// <summary>The names that were typed, those of targets that are no stage among them.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>The stages that will run, typed or not, in their order.</summary>
    public IReadOnlyList<ReleaseStage> Stages { get; }

    /// <summary>Whether nothing is to be kept.</summary>
    public bool IsDryRun { get; private init; }

    /// <summary>The settings that the stages need together.</summary>
    public SettingParts Needs
    {
        get
        {
            var needs = Stages.Aggregate(SettingParts.None, (parts, stage) => parts | stage.NeedsOf(IsDryRun));
            if (Stages.Contains(ReleaseStages.Migrate) && !Stages.Contains(ReleaseStages.Rehearse))
            {
                needs |= SettingParts.RehearsalFirst;
            }

            // Whoever only looks wants to know of the login too, where one is named.
            needs |= IsTyped(ReleaseStages.Preflight) && !IsDryRun ? SettingParts.SmokeIfSet : SettingParts.None;

            needs |= TellsOthers ? SettingParts.Told : SettingParts.None;

            // An emergency backup needs no migrations, though Preflight looks at them on the way.
            return Stages.Contains(ReleaseStages.Backup) && !Stages.Contains(ReleaseStages.Migrate)
                ? needs & ~SettingParts.Migrations
                : needs;
        }
    }

    /// <summary>What the stages change, so that preflight stops the run for nothing else; all when they change nothing, as when only
    /// Preflight was asked for.</summary>
    internal ReleaseWork Work
    {
        get
        {
            var work = Stages.Aggregate(
                ReleaseWork.None, (work, stage) => work | stage.Work) & ~(IsDryRun ? ReleaseWork.Backup : ReleaseWork.None);
            return work == ReleaseWork.None ? ReleaseWork.All : work;
        }
    }

    /// <summary>Whether the run leaves a record: when anything was typed that does more than look.</summary>
    public bool LeavesRecord => Targets.Any(name => ReleaseStages.Find(name) is not { LeavesRecord: false });

    /// <summary>Whether others are told of the run: when a stage was typed that does more than look, and something is kept.</summary>
    internal bool TellsOthers => !IsDryRun && Targets.Select(ReleaseStages.Find).Any(stage => stage is { TellsOthers: true });

    /// <summary>Whether a stage was typed that changes a database, for good.</summary>
    internal bool ChangesDatabase => !IsDryRun && Targets.Any(name => ReleaseStages.Find(name) is { ChangesDatabase: true });

    /// <summary>Whether a release runs its migrations for good and nobody logs in behind them.</summary>
    internal bool LeavesLoginOut
        => Stages.Contains(ReleaseStages.Migrate) && !Stages.Contains(ReleaseStages.SmokeTest) && !IsDryRun;

    /// <summary>The plan that an engine has made.</summary>
    /// <param name="typed">The names of the targets that were typed.</param>
    /// <param name="planned">The names of the targets that will run, in their order; those that are no stage are passed over.</param>
    /// <param name="isDryRun">Whether nothing is to be kept.</param>
    public static ReleasePlan Of(IEnumerable<string> typed, IEnumerable<string> planned, bool isDryRun)
        => new([.. typed], planned) { IsDryRun = isDryRun };

    /// <summary>Whether a run's texts ask for a dry run. The check of arguments lets nothing through but true and false.</summary>
    /// <param name="texts">The texts of the parameters that were given, by the parameters' names.</param>
    public static bool IsDryRunIn(IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.TryGetValue(Migrations.MigrationParameters.DryRun.Name, out var text)
            && bool.TryParse(text, out var isDryRun)
            && isDryRun;
    }

    /// <summary>Whether a stage was typed.</summary>
    public bool IsTyped(ReleaseStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Targets.Contains(stage.Name);
    }

    /// <summary>Refuses <c>--dry-run</c> for a target that would not heed it.</summary>
    /// <exception cref="SettingsException">A target was typed with it that does not heed it.</exception>
    internal void DemandThatDryRunApplies()
    {
        string[] heeding = [.. ReleaseStages.All.Where(stage => stage.DryRun == DryRunRule.Heeds).Select(stage => stage.Name)];
        if (IsDryRun && Targets.Except(heeding).ToList() is [_, ..] others)
        {
            throw new SettingsException(
                $"--dry-run is for {string.Join(", ", heeding)}; {string.Join(", ", others)} would not heed it, so nothing was touched",
                "./build.sh Migrate --plan prints what would run; ./build.sh Preflight looks and touches nothing");
        }
    }
}
