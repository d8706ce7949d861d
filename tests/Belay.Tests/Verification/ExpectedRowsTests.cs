using Belay.Verification;

namespace Belay.Tests.Verification;

public sealed class ExpectedRowsTests
{
    [Fact]
    public void Counts_no_column_before_the_migration()
    {
        var rows = ExpectedRows.OfColumns(new VerificationReport([Results.Columns(), Results.Refused("42703", "column does not exist")]));

        Assert.Equal((4, 0), (rows!.Expected, rows.Existing));
        Assert.Equal(["clear_previous_anomalies", "max_reports", "max_templates", "show_clear_warning"], rows.Missing);
    }

    [Fact]
    public void Counts_a_column_that_exists_with_another_definition()
    {
        var rows = ExpectedRows.OfColumns(new VerificationReport([Results.Columns(["max_reports", "bigint", "NULL", "YES"])]));

        Assert.Equal(1, rows!.Existing);
        Assert.DoesNotContain("max_reports", rows.Missing);
    }

    [Fact]
    public void Finds_nothing_to_count_without_a_check_of_columns()
        => Assert.Null(ExpectedRows.OfColumns(new VerificationReport([Results.NoRows(), Results.Total(3)])));
}
