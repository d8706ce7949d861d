using Belay.Releases.Stages;

namespace Belay.Nuke;

/// <summary>What every target of a release stands on.</summary>
public interface IRelease : IReleaseParameters
{
    /// <summary>Makes targets of stages and runs them. The default is right for every build that is not Belay's own.</summary>
    StageTargets Stages => ComponentTargets.Of(this);

    /// <summary>Whether nothing is to be kept, so that a target after the migration can leave out what announces it.</summary>
    bool IsDryRun => ReleasePlan.IsDryRunIn(Stages.Texts);
}
