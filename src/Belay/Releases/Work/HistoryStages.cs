using Belay.Adoption;

namespace Belay.Releases.Work;

/// <summary>Calls what writes into the history without running a migration.</summary>
internal static class HistoryStages
{
    public static async Task<string> BaselineAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var request = new BaselineRequest
        {
            Files = run.ReadMigrations(),
            Version = run.Settings.History.Version!.Value,
            Reason = run.Settings.History.Reason,
            DryRun = run.Settings.DryRun,
        };
        var recorded = await new BaselineRunner(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
            .RunAsync(request, cancellationToken);
        run.Record.Recorded(recorded.Select(row => $"{row.Version} {row.Name}: {row.Remark}"));
        await TakeAsGivenAsync(run, $"baseline at version {request.Version}", cancellationToken);
        return Fact(run, recorded.Count);
    }

    public static async Task<string> AdoptAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var request = new AdoptRequest { Files = run.ReadMigrations(), From = run.Settings.History.From, DryRun = run.Settings.DryRun };
        var recorded = await new AdoptRunner(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
            .RunAsync(request, cancellationToken);
        run.Record.Recorded(recorded.Select(row => $"{row.Version} {row.Name}: {row.Remark}"));
        await TakeAsGivenAsync(run, "adoption of another tool's history", cancellationToken);
        return request is { From: "none", DryRun: false } ? "an empty history begins" : Fact(run, recorded.Count);
    }

    public static async Task<string> RepairAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var request = new RepairRequest
        {
            Files = run.ReadMigrations(),
            Version = run.Settings.History.Version!.Value,
            Reason = run.Settings.History.Reason!,
            DryRun = run.Settings.DryRun,
        };
        var file = await new RepairRunner(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
            .RunAsync(request, cancellationToken);
        run.Record.Recorded(request.DryRun ? [] : [$"{file.Version} {file.Name}: repaired: {request.Reason}"]);
        return request.DryRun ? $"{file.FileName} would be accepted, nothing was changed" : $"{file.FileName} accepted";
    }

    private static Task TakeAsGivenAsync(ReleaseRun run, string reason, CancellationToken cancellationToken)
        => run.Settings.DryRun ? Task.CompletedTask : run.Watch.RecordAsync(reason, cancellationToken);

    private static string Fact(ReleaseRun run, int recorded)
    {
        if (run.Settings.DryRun)
        {
            return "nothing was changed";
        }

        run.Output.Line(
            "Nothing was run and no backup was needed: only the history was written. ./build.sh Verify runs the checks of these "
                + "migrations.");
        return $"{Quantity.Count(recorded, "migration")} recorded as applied";
    }
}
