using Belay.Verification;

namespace Belay.Tests.Verification;

public sealed class CheckComparisonTests
{
    private static readonly string[] Columns = ["column_name", "column_default"];

    [Fact]
    public void Finds_no_difference_between_equal_rows()
        => Assert.Empty(CheckComparison.Differences([["a", "5"]], Columns, [["a", "5"]], 1));

    [Fact]
    public void Names_row_column_expected_and_actual()
        => Assert.Equal(
            ["row 2, column_default: expected 5, got 6"],
            CheckComparison.Differences([["a", "5"], ["b", "5"]], Columns, [["a", "5"], ["b", "6"]], 2));

    [Fact]
    public void Reports_rows_in_another_order()
        => Assert.Equal(
            ["row 1, column_name: expected a, got b", "row 2, column_name: expected b, got a"],
            CheckComparison.Differences([["a", "5"], ["b", "5"]], Columns, [["b", "5"], ["a", "5"]], 2));

    [Fact]
    public void Lists_missing_and_unexpected_rows_when_the_counts_differ()
        => Assert.Equal(
            ["expected 2 rows, got 3 rows", "missing: b | 5", "unexpected: a | 5", "unexpected: c | 5"],
            CheckComparison.Differences([["a", "5"], ["b", "5"]], Columns, [["a", "5"], ["a", "5"], ["c", "5"]], 3));

    [Fact]
    public void Lists_the_rows_where_none_were_expected()
        => Assert.Equal(["expected no rows, got 1 row", "unexpected: 7"], CheckComparison.Differences([], ["id"], [["7"]], 1));

    [Fact]
    public void Names_the_columns_when_their_number_differs()
        => Assert.Equal(
            ["expected 1 column (a), got 2 (column_name, column_default)"],
            CheckComparison.Differences([["a"]], Columns, [["a", "5"]], 1));

    [Fact]
    public void Shows_at_most_fifty_differences()
    {
        var differences = CheckComparison.Differences([], ["id"], [.. Enumerable.Range(0, 100).Select(id => new[] { $"{id}" })], 5000);

        Assert.Equal(51, differences.Count);
        Assert.Equal("and more", differences[^1]);
    }

    [Fact]
    public void Finds_nothing_to_compare_in_a_report()
        => Assert.Empty(new ReportedRows().Differences(["total_users"], [["15"]], 1));
}
