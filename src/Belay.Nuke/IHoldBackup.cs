using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Keeps a backup whatever its age.</summary>
public interface IHoldBackup : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.HoldBackup"/>.</summary>
    Target HoldBackup => definition => Stages.Define(this, definition, ReleaseStages.HoldBackup);
}
