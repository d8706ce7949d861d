using Nuke.Common;

/// <summary>Targets that write into the history without running a migration.</summary>
sealed partial class Build
{
    [Parameter("A migration's number, for Baseline and Repair", Name = "Version")] readonly string MigrationVersion;

    [Parameter("The tool whose history Adopt takes over: flyway, dbmate, golang-migrate, goose, alembic, ef-core, sqitch or none (default: the only one found)")] readonly string From;

    Target Baseline => _ => _
        .Description("Records the files up to --version as applied without running them, for a database that has what they make")
        .Executes(() => StageAsync(nameof(Baseline), HistoryStages.BaselineAsync));

    Target Adopt => _ => _
        .Description("Records what another tool has applied (--from flyway, dbmate, …), so that nothing is applied twice")
        .Executes(() => StageAsync(nameof(Adopt), HistoryStages.AdoptAsync));

    Target Repair => _ => _
        .Description("Accepts one file that was changed after it was applied: --version N --reason text; keeps the text that ran")
        .Executes(() => StageAsync(nameof(Repair), HistoryStages.RepairAsync));
}
