using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Downloads a backup as plain files.</summary>
public interface IFetchBackup : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.FetchBackup"/>.</summary>
    Target FetchBackup => definition => Stages.Define(this, definition, ReleaseStages.FetchBackup);
}
