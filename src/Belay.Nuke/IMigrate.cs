using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>The release: preflight, backup, the pending migrations behind the gate, checks, login.</summary>
public interface IMigrate : IBackup, IVerify, ISmokeTest
{
    /// <summary>The target of <see cref="ReleaseStages.Migrate"/>.</summary>
    Target Migrate => definition => Stages.Define(this, definition, ReleaseStages.Migrate);
}
