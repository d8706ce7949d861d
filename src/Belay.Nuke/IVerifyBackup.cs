using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Proves a backup again.</summary>
public interface IVerifyBackup : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.VerifyBackup"/>.</summary>
    Target VerifyBackup => definition => Stages.Define(this, definition, ReleaseStages.VerifyBackup);
}
