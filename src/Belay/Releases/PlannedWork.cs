using Belay.Preflight;

namespace Belay.Releases;

/// <summary>What of a release a run will do, so that preflight stops it for nothing else.</summary>
internal static class PlannedWork
{
    /// <summary>The work of the planned targets; all of it when only Preflight was asked for.</summary>
    public static ReleaseWork Of(RunRequest request)
    {
        // A rollback runs no pending migration: what speaks against those, or a rollback that stopped part-way, must not stop it.
        var migrates = request.Planned.Any(target => target is "Migrate");
        var backsUp = !request.Arguments.DryRun && request.Planned.Any(target => target is "Backup" or "Rollback");
        var work = (migrates ? ReleaseWork.Migration : ReleaseWork.None) | (backsUp ? ReleaseWork.Backup : ReleaseWork.None);
        return work == ReleaseWork.None ? ReleaseWork.All : work;
    }
}
