using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Runs the newest migration's rollback script behind backup and gate.</summary>
public interface IRollback : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Rollback"/>.</summary>
    Target Rollback => definition => Stages.Define(this, definition, ReleaseStages.Rollback);
}
