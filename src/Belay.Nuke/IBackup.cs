using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Takes and proves a backup, when something is pending or it was typed.</summary>
public interface IBackup : IPreflight
{
    /// <summary>The target of <see cref="ReleaseStages.Backup"/>.</summary>
    Target Backup => definition => Stages.Define(this, definition, ReleaseStages.Backup);
}
