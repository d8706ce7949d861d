using Spectre.Console;

namespace Belay.Printing;

/// <summary>Rows as an aligned table of plain text.</summary>
internal static class TextTable
{
    private const int Width = 120;

    /// <summary>The table's lines, without colours.</summary>
    /// <param name="rows">The cells, one list per row.</param>
    /// <param name="whole">How many of the first columns are never broken over lines, because people
    /// copy what stands in them. The default is none.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int whole = 0)
    {
        var table = new Table { Border = TableBorder.Ascii2 };
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = index < whole });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            });
        console.Profile.Width = Width;
        console.Write(table);
        return [.. writer.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }
}
