using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Accepts one file that was changed after it was applied.</summary>
public interface IRepair : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Repair"/>.</summary>
    Target Repair => definition => Stages.Define(this, definition, ReleaseStages.Repair);
}
