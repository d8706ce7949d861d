using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Everything that Belay does, for a build class: <c>class Build : NukeBuild, IReleaseDatabase</c>.</summary>
public interface IReleaseDatabase
    : IMigrate,
        IRehearse,
        IRollback,
        IStatus,
        IVerifyBackup,
        IFetchBackup,
        ICleanupBackups,
        IHoldBackup,
        IReleaseBackup,
        IBaseline,
        IAdopt,
        IRepair
{
    /// <summary>The target of <see cref="ReleaseStages.Watch"/>.</summary>
    Target Watch => definition => Stages.Define(this, definition, ReleaseStages.Watch);

    /// <summary>The target of <see cref="ReleaseStages.Checklist"/>.</summary>
    Target Checklist => definition => Stages.Define(this, definition, ReleaseStages.Checklist);

    /// <summary>The target of <see cref="ReleaseStages.PlanRelease"/>. NUKE's own member is called Plan.</summary>
    Target PlanRelease => definition => Stages.Define(this, definition, ReleaseStages.PlanRelease);

    /// <summary>The target of <see cref="ReleaseStages.VerifyRecords"/>.</summary>
    Target VerifyRecords => definition => Stages.Define(this, definition, ReleaseStages.VerifyRecords);
}
