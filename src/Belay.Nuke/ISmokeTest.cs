using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Logs in as a user would, and with a wrong password.</summary>
public interface ISmokeTest : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.SmokeTest"/>.</summary>
    Target SmokeTest => definition => Stages.Define(this, definition, ReleaseStages.SmokeTest);
}
