using Belay.Planning;
using Belay.Risks;
using Belay.Sql;

namespace Belay.Releases.Work;

/// <summary>Makes the plan of a release, and holds a release against one.</summary>
internal static class PlanStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var plan = await Maker(run).MakeAsync(run.ReadMigrations(), cancellationToken);
        plan.Statements.ToList().ForEach(line => run.Output.Line($"      {line}"));
        RiskStage.Tell(run, plan.Risks is null ? null : new RiskReport(plan.Risks, plan.RiskRemarks));
        var path = await PlanStore.WriteAsync(run.Record.Folder, plan, cancellationToken);
        run.Output.Line($"      Plan: {path}; ./build.sh Migrate --plan-file {path} runs it and nothing else");
        return $"{Quantity.Count(plan.Files.Count, "migration")} planned";
    }

    /// <summary>Refuses unless what would run is what was approved. Where nothing is pending any more, nothing runs that was not.</summary>
    /// <param name="files">Reads the migrations, which is not done without a plan: a folder that is missing stops no backup.</param>
    public static async Task DemandAsync(
        ReleaseRun run, Func<IReadOnlyList<Migration>> files, CancellationToken cancellationToken)
    {
        if (run.Request.Input.Text(PlanningParameters.PlanFile) is { } given)
        {
            var path = Path.GetFullPath(given, run.Request.Input.RootFolder);
            var approved = await PlanStore.ReadAsync(path, cancellationToken);
            var now = await Maker(run).LookAsync(files(), cancellationToken);
            if (now.Files.Count == 0)
            {
                return;
            }

            PlanComparison.Demand(approved, now, path);
            run.Output.Line($"      As planned in {path}, made at {Quantity.Utc(approved.MadeUtc)}");
        }
    }

    private static PlanMaker Maker(ReleaseRun run) => new(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
    {
        Risks = run.Settings.Risks,
    };
}
