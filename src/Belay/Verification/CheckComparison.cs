namespace Belay.Verification;

/// <summary>Sets the rows that a query returned against those it must return, in order.</summary>
internal static class CheckComparison
{
    private const int MostDifferences = 50;

    /// <summary>The differences, one line each; empty when there are none.</summary>
    /// <param name="rows">The result's first rows.</param>
    public static IReadOnlyList<string> Differences(
        IReadOnlyList<IReadOnlyList<string>> expected,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        long rowCount)
    {
        var differences = All(expected, columns, rows, rowCount).Take(MostDifferences + 1).ToList();
        if (differences.Count > MostDifferences)
        {
            differences[MostDifferences] = "and more";
        }

        return differences;
    }

    private static IEnumerable<string> All(
        IReadOnlyList<IReadOnlyList<string>> expected,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        long rowCount)
    {
        if (expected.FirstOrDefault(row => row.Count != columns.Count) is { } other)
        {
            yield return $"expected {Quantity.Count(other.Count, "column")} ({CellText.Row(other)}), got {columns.Count} "
                + $"({string.Join(", ", columns)})";
            yield break;
        }

        if (rowCount == expected.Count)
        {
            foreach (var difference in Enumerable.Range(0, expected.Count)
                .SelectMany(index => Cells(index, expected[index], rows[index], columns)))
            {
                yield return difference;
            }

            yield break;
        }

        yield return $"expected {Rows(expected.Count)}, got {Rows(rowCount)}";
        var expectedLines = expected.Select(CellText.Row).ToList();
        var actualLines = rows.Select(CellText.Row).ToList();
        foreach (var missing in Without(expectedLines, actualLines))
        {
            yield return $"missing: {missing}";
        }

        foreach (var unexpected in Without(actualLines, expectedLines))
        {
            yield return $"unexpected: {unexpected}";
        }
    }

    private static IEnumerable<string> Cells(
        int row, IReadOnlyList<string> expected, IReadOnlyList<string> actual, IReadOnlyList<string> columns)
        => Enumerable.Range(0, columns.Count)
            .Where(column => expected[column] != actual[column])
            .Select(column => $"row {row + 1}, {columns[column]}: expected {expected[column]}, got {actual[column]}");

    /// <summary>The lines that the others do not have, each as often as it is there too often.</summary>
    private static IEnumerable<string> Without(IEnumerable<string> lines, IEnumerable<string> others)
    {
        var counts = others.CountBy(line => line).ToDictionary();
        return lines.Where(line => !counts.TryGetValue(line, out var left) || (counts[line] = left - 1) < 0);
    }

    private static string Rows(long count) => count == 0 ? "no rows" : Quantity.Count(count, "row");
}
