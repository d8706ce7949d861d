using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Deletes old backups, never the last good one.</summary>
public interface ICleanupBackups : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.CleanupBackups"/>.</summary>
    Target CleanupBackups => definition => Stages.Define(this, definition, ReleaseStages.CleanupBackups);
}
