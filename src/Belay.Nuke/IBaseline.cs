using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Records files as applied without running them.</summary>
public interface IBaseline : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Baseline"/>.</summary>
    Target Baseline => definition => Stages.Define(this, definition, ReleaseStages.Baseline);
}
