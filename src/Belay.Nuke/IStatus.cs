using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Shows applied and pending migrations, and the backups.</summary>
public interface IStatus : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Status"/>.</summary>
    Target Status => definition => Stages.Define(this, definition, ReleaseStages.Status);
}
