using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Looks at everything that a release needs.</summary>
public interface IPreflight : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Preflight"/>.</summary>
    Target Preflight => definition => Stages.Define(this, definition, ReleaseStages.Preflight);
}
