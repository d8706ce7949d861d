using Belay.Releases.Stages;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>Puts a backup back. Not part of <see cref="IReleaseDatabase"/>, because many builds have a target <c>Restore</c>
/// that restores packages.</summary>
public interface IRestoreDatabase : IRelease
{
    /// <summary>The target of <see cref="ReleaseStages.Restore"/>.</summary>
    Target Restore => definition => Stages.Define(this, definition, ReleaseStages.Restore);
}
