using Belay.Migrations;
using Spectre.Console;

namespace Belay.Bench.Logins;

/// <summary>Prints what the logins met.</summary>
internal sealed class LoginsTable(IAnsiConsole console)
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LockTimeout = new MigrationSettings { Folder = "/" }.LockTimeout;
    private static readonly string[] Titles =
    [
        "", "logins", "failed", "p50 ms", "p99 ms", "longest ms", "migration s", "longest ≤ lock timeout + 100 ms",
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
                $"{result.Migration.TotalSeconds:0.0}",
                result.Longest <= (LockTimeout + Slack).TotalMilliseconds ? "met" : "not met",
            ];
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
        console.WriteLine("A closed loop: a stall meets one login of each client, so it shows in the longest login, not in p99.");
    }
}
