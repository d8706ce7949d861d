using Belay.Arguments;

namespace Belay.Releases;

/// <summary>The targets of a release.</summary>
public static class ReleaseTargets
{
    /// <summary>Looks at everything that a release needs.</summary>
    public static NamedTarget Preflight { get; } = new() { Name = nameof(Preflight), Description = "Looks at database, store, migrations and other sessions; changes nothing" };

    /// <summary>Takes and proves a backup.</summary>
    public static NamedTarget Backup { get; } = new() { Name = nameof(Backup), Description = "Dumps the database into the store and proves the backup", DependsOn = [Preflight] };

    /// <summary>Runs the pending migrations.</summary>
    public static NamedTarget Migrate { get; } = new()
    {
        Name = nameof(Migrate), Description = "The whole release: runs the pending migrations behind a proven backup, then Verify and SmokeTest", DependsOn = [Backup],
    };

    /// <summary>Runs the checks.</summary>
    public static NamedTarget Verify { get; } = new() { Name = nameof(Verify), Description = "Runs the checks of all applied migrations, read-only" };

    /// <summary>Logs in.</summary>
    public static NamedTarget SmokeTest { get; } = new() { Name = nameof(SmokeTest), Description = "Logs in as a user would, and with a wrong password" };

    /// <summary>Runs the newest migration's rollback script.</summary>
    public static NamedTarget Rollback { get; } = new()
    {
        Name = nameof(Rollback), Description = "Emergency: runs the newest migration's rollback script behind backup and gate; needs --confirm <database>",
    };

    /// <summary>Shows where database and store stand.</summary>
    public static NamedTarget Status { get; } = new() { Name = nameof(Status), Description = "Shows applied and pending migrations, and the backups" };

    /// <summary>Proves a backup again.</summary>
    public static NamedTarget VerifyBackup { get; } = new() { Name = nameof(VerifyBackup), Description = "Proves a backup again: --backup id|latest, --proof-level readback|restored" };

    /// <summary>Downloads a backup.</summary>
    public static NamedTarget FetchBackup { get; } = new()
    {
        Name = nameof(FetchBackup), Description = "Downloads a backup as plain files, decrypted and checked: --backup id|latest --to folder",
    };

    /// <summary>Deletes old backups.</summary>
    public static NamedTarget CleanupBackups { get; } = new()
    {
        Name = nameof(CleanupBackups), Description = "Deletes backups older than --retention-days, never the last good one; --dry-run only lists",
    };

    /// <summary>Puts a backup on hold.</summary>
    public static NamedTarget HoldBackup { get; } = new() { Name = nameof(HoldBackup), Description = "Keeps a backup whatever its age: --backup id --reason text" };

    /// <summary>Ends a hold.</summary>
    public static NamedTarget ReleaseBackup { get; } = new() { Name = nameof(ReleaseBackup), Description = "Ends a hold: --backup id" };

    /// <summary>Records files as applied without running them.</summary>
    public static NamedTarget Baseline { get; } = new()
    {
        Name = nameof(Baseline), Description = "Records the files up to --version as applied without running them, for a database that has what they make",
    };

    /// <summary>Takes over another tool's history.</summary>
    public static NamedTarget Adopt { get; } = new()
    {
        Name = nameof(Adopt), Description = "Records what another tool has applied (--from flyway, dbmate, …), so that nothing is applied twice",
    };

    /// <summary>Accepts a changed file.</summary>
    public static NamedTarget Repair { get; } = new()
    {
        Name = nameof(Repair), Description = "Accepts one file that was changed after it was applied: --version N --reason text; keeps the text that ran",
    };

    /// <summary>All targets, in the order of the help.</summary>
    public static IReadOnlyList<NamedTarget> All { get; } =
    [
        Preflight, Backup, Migrate, Verify, SmokeTest, Rollback, Status, VerifyBackup, FetchBackup, CleanupBackups, HoldBackup, ReleaseBackup, Baseline, Adopt, Repair,
    ];
}
