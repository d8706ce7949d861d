using Belay.Postgres;
using Belay.Settings;
using Spectre.Console;

namespace Belay.Bench.Histories;

/// <summary>Whole migration histories from scratch, by several tools in one run.</summary>
/// <param name="options">Which, and how often.</param>
internal sealed class HistorySuite(HistoryOptions options, IAnsiConsole console)
{
    /// <summary>Runs everything and prints the table. Leaves nothing behind.</summary>
    /// <exception cref="BelayException">A server failed, or a folder cannot be read; a history that fails is a result.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var histories = options.Folders().Select(folder => History.Read(folder, options.Layout)).ToList();
        foreach (var history in histories)
        {
            Describe(history);
        }

        await using var place = await PostgresPlace.OpenAsync(
            Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "bench-history"), cancellationToken);
        console.WriteLine(
            $"PostgreSQL {place.Tools.Version}, {Quantity.Count(Environment.ProcessorCount, "core")}, "
                + $"{Quantity.Count(options.Rounds, "round")}.");
        IHistoryTool[] tools =
        [
            new PsqlHistory(place),
            new BelayHistory(place),
            .. await DbmateHistory.CreateAsync(place, cancellationToken) is { } dbmate ? [dbmate] : Array.Empty<IHistoryTool>(),
        ];
        var results = new List<HistoryResult>();
        foreach (var history in histories)
        {
            results.AddRange(await RunAsync(place, history, tools, cancellationToken));
        }

        new HistoryTable(console).Print(results);
    }

    private void Describe(History history)
    {
        console.WriteLine(
            $"{history.Name}: {history.Set.Recognition ?? $"layout {history.Set.Layout}"}; "
                + $"{Quantity.Count(history.Set.Migrations.Count, "migration")}");
        foreach (var remark in history.Set.Remarks)
        {
            console.WriteLine($"  {remark}");
        }
    }

    /// <summary>The tools take turns, so that a slow minute of the machine meets all of them.</summary>
    private async Task<IEnumerable<HistoryResult>> RunAsync(
        PostgresPlace place, History history, IHistoryTool[] tools, CancellationToken cancellationToken)
    {
        var runs = tools.ToDictionary(tool => tool.Name, _ => new List<HistoryRun>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var tool in tools)
            {
                var database = await place.CreateDatabaseAsync("history", cancellationToken);
                var run = await RunOneAsync(place, history, (tool, database), cancellationToken);
                runs[tool.Name].Add(run);
                console.WriteLine(
                    $"round {round}/{options.Rounds}  {history.Name}  {tool.Name,-6} {run.Applied,5} applied {run.Cost.Seconds,8:0.00} s, "
                        + $"processor {run.Cost.Client:0.00} + server {run.Cost.Server:0.00} s"
                        + (run.Failure is null ? "" : $"\n  {run.Failure}"));
            }
        }

        return tools.Select(tool => new HistoryResult(history, tool.Name, runs[tool.Name]));
    }

    private static async Task<HistoryRun> RunOneAsync(
        PostgresPlace place, History history, (IHistoryTool Tool, DatabaseTarget Database) turn, CancellationToken cancellationToken)
    {
        await PrepareAsync(place, history, turn.Database, cancellationToken);
        var (applied, failure, cost) = await turn.Tool.RunAsync(history, turn.Database, cancellationToken);
        return new HistoryRun(applied, failure, cost, await SchemaDump.ReadAsync(place.Tools, turn.Database, cancellationToken));
    }

    /// <summary>What the tool or its platform has in a database before the first migration: its own table, roles, a schema.</summary>
    private static async Task PrepareAsync(
        PostgresPlace place, History history, DatabaseTarget database, CancellationToken cancellationToken)
    {
        if (!File.Exists(history.Before))
        {
            return;
        }

        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay bench", cancellationToken);
        if (await new PsqlScript(place.Tools, environment).RunAsync(history.Before, inTransaction: true, cancellationToken) is { } failure)
        {
            throw new BenchException($"{history.Before}: {failure}");
        }
    }
}
