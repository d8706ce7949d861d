using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Records what another tool has applied.</summary>
public interface IAdopt : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Adopt"/>.</summary>
    Target Adopt => definition => Stages.Define(this, definition, ReleaseStages.Adopt);
}
