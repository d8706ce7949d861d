using Belay.Recovery;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>Refuses a release that is to go back by itself on a way that nobody has tried.</summary>
internal static class WayBackCheck
{
    /// <summary>Refuses a release whose way back cannot be the rehearsed one.</summary>
    /// <exception cref="SettingsException">A pending migration has no rollback script; nothing was touched.</exception>
    public static void DemandScripts(ReleaseRun run)
    {
        var pending = run.Preflight?.Pending ?? [];
        if (run.Settings.OnFailure != FailurePolicy.Rollback || pending.Where(file => !file.HasWayBack).ToList() is not [_, ..] without)
        {
            return;
        }

        throw new SettingsException(
            $"--on-failure rollback, and {string.Join(", ", without.Select(file => file.FileName))} cannot be rolled back: no rollback "
                + "script. Nothing was touched",
            "write the scripts, or go back with --on-failure restore");
    }

    /// <summary>Refuses, before the migration, what the rehearsal has not shown.</summary>
    /// <param name="backupId">The backup that opened the gate.</param>
    /// <exception cref="SettingsException">The rehearsal did not try this way back; the database was not touched.</exception>
    public static void DemandRehearsed(ReleaseRun run, string backupId)
    {
        var fault = (run.Settings.OnFailure, run.Rehearsal) switch
        {
            (FailurePolicy.Stop, _) => null,
            (_, null) => "nothing was rehearsed",
            (FailurePolicy.Rollback, { RollsBack: false }) => "the rehearsal did not roll back all that it ran",
            (FailurePolicy.Restore, { BackupId: var id }) when id != backupId
                => $"the rehearsal restored backup {id}, and {backupId} opened the gate",
            _ => null,
        };
        if (fault is not null)
        {
            throw new SettingsException(
                $"--on-failure {run.Settings.OnFailure.ToString().ToLowerInvariant()} is refused: {fault}. The database was not touched",
                "./build.sh Rehearse shows why; or leave --on-failure out");
        }
    }
}
