using Belay.Releases;
using Belay.Releases.Stages;
using Nuke.Common;

/// <summary>Targets that write into the history without running a migration.</summary>
sealed partial class Build
{
    Target Baseline => _ => _
        .Description(ReleaseTargets.Baseline.Description)
        .Executes(() => StageAsync(nameof(Baseline), HistoryStages.BaselineAsync));

    Target Adopt => _ => _
        .Description(ReleaseTargets.Adopt.Description)
        .Executes(() => StageAsync(nameof(Adopt), HistoryStages.AdoptAsync));

    Target Repair => _ => _
        .Description(ReleaseTargets.Repair.Description)
        .Executes(() => StageAsync(nameof(Repair), HistoryStages.RepairAsync));
}
