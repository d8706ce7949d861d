using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Ends a hold.</summary>
public interface IReleaseBackup : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.ReleaseBackup"/>.</summary>
    Target ReleaseBackup => definition => Stages.Define(this, definition, ReleaseStages.ReleaseBackup);
}
