using Belay.Settings;

namespace Belay.Releases.Stages;

/// <summary>Which settings each target needs, so that all faults of a run are reported before its first stage.</summary>
internal static class RequiredSettings
{
    /// <summary>The settings that a set of targets needs together.</summary>
    /// <param name="targets">The planned targets' names.</param>
    /// <param name="isDryRun">Whether all is rolled back: then no backup is taken and nobody logs in.</param>
    public static SettingParts Of(IEnumerable<string> targets, bool isDryRun)
    {
        var planned = targets.ToList();
        var parts = planned.Aggregate(SettingParts.None, (parts, target) => parts | (isDryRun ? OfDryRun(target) : Of(target)));

        // An emergency backup needs no migrations, though Preflight looks at them on the way.
        return planned.Contains("Backup") && !planned.Contains("Migrate") ? parts & ~SettingParts.Migrations : parts;
    }

    private static SettingParts OfDryRun(string target) => target switch
    {
        "Preflight" or "Migrate" or "Rollback" => SettingParts.Database | SettingParts.Migrations,
        "Backup" or "Verify" or "SmokeTest" => SettingParts.None,
        _ => Of(target),
    };

    private static SettingParts Of(string target) => target switch
    {
        "Preflight" or "Backup" or "Migrate" or "Rollback" => SettingParts.Database | SettingParts.Store | SettingParts.Migrations,
        "Status" => SettingParts.DatabaseIfSet | SettingParts.Store,
        "Verify" => SettingParts.Database | SettingParts.Migrations,
        "Baseline" => SettingParts.Database | SettingParts.Migrations | SettingParts.Version,
        "Adopt" => SettingParts.Database | SettingParts.Migrations | SettingParts.Adoption,
        "Repair" => SettingParts.Database | SettingParts.Migrations | SettingParts.Version | SettingParts.Reason,
        "SmokeTest" => SettingParts.Smoke,
        "VerifyBackup" or "FetchBackup" or "CleanupBackups" or "HoldBackup" or "ReleaseBackup" => SettingParts.Store,
        _ => SettingParts.None,
    };
}
