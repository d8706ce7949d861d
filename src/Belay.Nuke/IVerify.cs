using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Runs the checks of all applied migrations, read-only.</summary>
public interface IVerify : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Verify"/>.</summary>
    Target Verify => definition => Stages.Define(this, definition, ReleaseStages.Verify);
}
