using Spectre.Console;

namespace Belay.Bench.Logins;

/// <summary>Prints what the logins met.</summary>
internal sealed class LoginsTable(IAnsiConsole console)
{
    private static readonly TimeSpan LongestLogin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(1);
    private static readonly string[] Titles =
    [
        "", "logins", "failed", "p50 ms", "p99 ms", "longest ms", "after the report s", "longest ≤ 250 ms, none failed", "≤ 1 s after",
    ];

    /// <summary>One row for each run.</summary>
    public void Print(IReadOnlyList<LoginsResult> results)
    {
        var table = new Table().MarkdownBorder();
        foreach (var title in Titles)
        {
            table.AddColumn(new TableColumn(new Text(title)).NoWrap());
        }

        foreach (var result in results)
        {
            string[] row =
            [
                result.Tool,
                $"{result.Milliseconds.Count}",
                $"{result.Failures}",
                $"{result.Percentile(0.5):0.0}",
                $"{result.Percentile(0.99):0.0}",
                $"{result.Longest:0}",
                $"{result.AfterReport.TotalSeconds:0.0}",
                Met(result.Longest <= LongestLogin.TotalMilliseconds && result.Failures == 0),
                Met(result.AfterReport <= Latest),
            ];
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
        console.WriteLine("A closed loop: a stall meets one login of each client, so it shows in the longest login, not in p99.");
    }

    private static string Met(bool met) => met ? "met" : "not met";
}
