using Nuke.Common;

/// <summary>Targets that write into the history without running a migration.</summary>
sealed partial class Build
{
    [Parameter("A migration's number, for Baseline and Repair", Name = "Version")] readonly string MigrationVersion;

    Target Baseline => _ => _
        .Description("Records the files up to --version as applied without running them, for a database that has what they make")
        .Executes(() => StageAsync(nameof(Baseline), HistoryStages.BaselineAsync));

    Target Repair => _ => _
        .Description("Accepts one file that was changed after it was applied: --version N --reason text; keeps the text that ran")
        .Executes(() => StageAsync(nameof(Repair), HistoryStages.RepairAsync));
}
