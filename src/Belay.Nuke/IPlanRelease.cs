using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Writes down what a release would run. NUKE's own member is called Plan.</summary>
public interface IPlanRelease : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.PlanRelease"/>.</summary>
    Target PlanRelease => definition => Stages.Define(this, definition, ReleaseStages.PlanRelease);
}
