using Spectre.Console;

namespace Belay.Bench.Backups;

/// <summary>Prints the results.</summary>
internal sealed class BackupTables(IAnsiConsole console)
{
    /// <summary>A file or a pipe has no width, so Spectre assumes 80 columns and breaks words.</summary>
    private const int SmallestWidth = 160;

    private const long PeakAim = 160L << 20;

    private static readonly string[] Measured = ["seconds", "min–max", "CPU s", "peak RSS", "stored"];

    /// <summary>Prints all tables.</summary>
    /// <param name="codecs">One result for each codec.</param>
    public void Print(IReadOnlyList<ContestResult> results, IReadOnlyList<ContestResult> codecs)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, SmallestWidth);
        PrintRuns("", results);
        PrintAims(results);
        PrintRuns("codec", codecs);
        console.WriteLine(
            "Seconds and CPU seconds are medians, the peak is the largest of all runs: of any one process that the command started.");
    }

    private static string[] Row(ContestResult result)
    {
        if (result.Contestant.LeftOut is { } reason)
        {
            return [reason, "", "", "", ""];
        }

        var (fastest, slowest) = (result.Runs.Min(run => run.Seconds), result.Runs.Max(run => run.Seconds));
        return [
            $"{result.Seconds:0.00}",
            $"{fastest:0.00}–{slowest:0.00}",
            $"{result.CpuSeconds:0.00}",
            Quantity.Bytes(result.PeakBytes),
            Quantity.Bytes(result.StoredBytes),
        ];
    }

    private static string Number(double? value) => value is null ? "not measured" : $"{value:0.00}";

    private static string Verdict(bool met) => met ? "met" : "not met";

    private void PrintRuns(string title, IReadOnlyList<ContestResult> results)
    {
        var table = NewTable([title, .. Measured]);
        foreach (var result in results)
        {
            var (key, name) = (result.Contestant.Key, result.Contestant.Name);
            AddRow(table, [key == name ? key : $"({key}) {name}", .. Row(result)]);
        }

        console.Write(table);
    }

    private void PrintAims(IReadOnlyList<ContestResult> results)
    {
        var table = NewTable(["", "measured", "aim", "", "in CPU seconds"]);
        foreach (var ratio in Ratio.All)
        {
            var value = ratio.Of(results, result => result.Seconds);
            var cpu = ratio.Of(results, result => result.CpuSeconds);
            var verdict = value is { } number && ratio.Aim is { } aim ? Verdict(number <= aim) : "";
            AddRow(
                table,
                [$"{ratio.Over}/{ratio.Under}", Number(value), ratio.Aim is null ? "–" : $"≤ {ratio.Aim:0.0}", verdict, Number(cpu)]);
        }

        foreach (var result in results.Where(result => result.Contestant.Key is "e" or "f" or "g" && result.Runs.Count > 0))
        {
            AddRow(
                table,
                [
                    $"peak RSS {result.Contestant.Key}",
                    Quantity.Bytes(result.PeakBytes),
                    $"≤ {Quantity.Bytes(PeakAim)}",
                    Verdict(result.PeakBytes <= PeakAim),
                    "",
                ]);
        }

        console.Write(table);
    }

    private static Table NewTable(IEnumerable<string> titles)
    {
        var table = new Table().MarkdownBorder();
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(new Text(title)).NoWrap());
        }

        return table;
    }

    private static void AddRow(Table table, IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
