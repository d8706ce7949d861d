using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Tries a release on a copy that is restored from a backup.</summary>
public interface IRehearse : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Rehearse"/>.</summary>
    Target Rehearse => definition => Stages.Define(this, definition, ReleaseStages.Rehearse);
}
