using Belay.Backups;
using Belay.Releases.Work;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <content>The stages that change the history without running a migration.</content>
public static partial class ReleaseStages
{
    /// <summary>Records files as applied without running them.</summary>
    public static ReleaseStage Baseline { get; } = new(HistoryStages.BaselineAsync)
    {
        Name = nameof(Baseline),
        ChangesDatabase = true,
        Description = "Records the files up to --migration-version as applied without running them, for a database that has what they make",
        Needs = SettingParts.Database | SettingParts.StoreIfSet | SettingParts.Migrations | SettingParts.Version,
        DryRun = DryRunRule.Heeds,
        Own = [BackupParameters.Reason],
        Example = "--migration-version 12 --dry-run",
    };

    /// <summary>Takes over another tool's history.</summary>
    public static ReleaseStage Adopt { get; } = new(HistoryStages.AdoptAsync)
    {
        Name = nameof(Adopt),
        ChangesDatabase = true,
        Description = "Records what another tool has applied (--from flyway, dbmate, …), so that nothing is applied twice",
        Needs = SettingParts.Database | SettingParts.StoreIfSet | SettingParts.Migrations | SettingParts.Adoption,
        DryRun = DryRunRule.Heeds,
        Example = "--from flyway --dry-run",
    };

    /// <summary>Accepts a changed file.</summary>
    public static ReleaseStage Repair { get; } = new(HistoryStages.RepairAsync)
    {
        Name = nameof(Repair),
        ChangesDatabase = true,
        Description =
            "Accepts one file that was changed after it was applied: --migration-version N --reason text; keeps the text that ran",
        Needs = SettingParts.Database | SettingParts.StoreIfSet | SettingParts.Migrations | SettingParts.Version | SettingParts.Reason,
        DryRun = DryRunRule.Heeds,
        Example = "--migration-version 12 --reason \"a comment was corrected\"",
    };
}
