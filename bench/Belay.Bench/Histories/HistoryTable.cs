using Spectre.Console;

namespace Belay.Bench.Histories;

/// <summary>Prints what became of the histories.</summary>
internal sealed class HistoryTable(IAnsiConsole console)
{
    private const int SmallestWidth = 160;

    private static readonly string[] Titles =
    [
        "history", "layout", "tool", "applied", "failed", "seconds", "Belay / tool",
        "CPU s", "server CPU s", "Belay / tool", "schema as psql's",
    ];

    /// <summary>One row for each history and tool. A ratio stands only where both ran to the end.</summary>
    public void Print(IReadOnlyList<HistoryResult> results)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, SmallestWidth);
        var table = new Table().MarkdownBorder();
        foreach (var title in Titles)
        {
            table.AddColumn(new TableColumn(new Text(title)).NoWrap());
        }

        foreach (var result in results)
        {
            var others = results.Where(other => other.History == result.History).ToList();
            table.AddRow(
                Row(result, others.Single(other => other.Tool == "Belay"), others.Single(other => other.Tool == "psql"))
                    .Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    private static string[] Row(HistoryResult result, HistoryResult belay, HistoryResult psql) =>
    [
        result.History.Name,
        result.History.Set.Layout,
        result.Tool,
        $"{result.Last.Applied}",
        $"{result.History.Set.Migrations.Count - result.Last.Applied}",
        $"{result.Seconds:0.00}",
        Ratio(result, belay, one => one.Seconds),
        $"{result.Client:0.00}",
        $"{result.Server:0.00}",
        Ratio(result, belay, one => one.Client + one.Server),
        result == psql ? "–" : result.Runs.All(run => run.Schema == psql.Last.Schema) ? "identical" : "differs",
    ];

    private static string Ratio(HistoryResult result, HistoryResult belay, Func<HistoryResult, double> value)
        => result == belay || result.Last.Failure is not null || belay.Last.Failure is not null
            ? "–"
            : $"{value(belay) / value(result):0.00}";
}
