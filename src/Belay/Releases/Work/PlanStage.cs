using Belay.Planning;
using Belay.Rehearsal;
using Belay.Risks;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Releases.Work;

/// <summary>Makes the plan of a release, and holds a release against one.</summary>
internal static class PlanStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        await RehearseAsync(run, cancellationToken);
        var plan = await RehearsedAsync(run, await Maker(run).MakeAsync(run.ReadMigrations(), cancellationToken), cancellationToken);
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

    /// <summary>Rehearses where that was asked for, before anything is tried in the database itself. What a profile does before each
    /// migration is no reason: it may have no backup yet.</summary>
    private static async Task RehearseAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (!run.Request.Input.Read(RehearsalParameters.Rehearse, new SettingsFaults()) || run.Rehearsal is not null)
        {
            return;
        }

        if ((await Maker(run).LookAsync(run.ReadMigrations(), cancellationToken)).Files.Count == 0)
        {
            run.Output.Line("      Nothing is pending, so nothing is rehearsed");
            return;
        }

        await RehearseStage.RunAsync(run, cancellationToken);
    }

    /// <summary>The plan with the figures of the last rehearsal, where that was of the same files.</summary>
    private static async Task<ReleasePlanFile> RehearsedAsync(
        ReleaseRun run, ReleasePlanFile plan, CancellationToken cancellationToken)
    {
        var figures = await FigureStore.ReadAsync(run.Record.Folder, cancellationToken);
        if (figures is null || !plan.IsRehearsedBy(figures))
        {
            run.Output.Line(
                "      No figures of a rehearsal: "
                    + (figures is null
                        ? "there was none yet"
                        : $"the last one, at {Quantity.Utc(figures.EndedUtc)}, failed or was of others")
                    + "; ./build.sh PlanRelease --rehearse has them");
            return plan;
        }

        run.Output.Line($"      Rehearsed at {Quantity.Utc(figures.EndedUtc)} on backup {figures.BackupId}");
        return plan with { Rehearsal = figures };
    }

    private static PlanMaker Maker(ReleaseRun run) => new(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
    {
        Risks = run.Settings.Risks,
    };
}
