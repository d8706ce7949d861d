using Belay.Verification;

namespace Belay.Tests.Verification;

/// <summary>Results as a database would give them.</summary>
internal static class Results
{
    private static readonly string[] ColumnNames = ["column_name", "data_type", "column_default", "is_nullable"];

    private static readonly string[][] Preferences =
    [
        ["clear_previous_anomalies", "boolean", "true", "NO"],
        ["max_reports", "integer", "5", "NO"],
        ["max_templates", "integer", "5", "NO"],
        ["show_clear_warning", "boolean", "true", "NO"],
    ];

    public static CheckResult Columns(params string[][] rows)
        => Of("columns exist with correct definitions", Preferences, ColumnNames, rows);

    public static CheckResult AllColumns() => Columns(Preferences);

    public static CheckResult NoRows(params string[][] rows) => Of("every user has the defaults", [], ["id"], rows);

    public static CheckResult Total(long count) => Of("total users", null, ["total_users"], [[$"{count}"]]);

    public static CheckResult Of(string title, string[][]? expected, string[] columns, string[][] rows)
    {
        CheckKind kind = expected is null ? new ReportedRows() : new ExpectedRows(expected);
        var check = new Check { Title = title, Sql = "SELECT 1", File = "/m/0001_preferences.verify.sql", Line = 7, Kind = kind };
        return new CheckResult(check, columns, rows, rows.Length, kind.Differences(columns, rows, rows.Length));
    }

    public static CheckResult Refused(string sqlState, string message)
        => new(Of("every user has the defaults", [], [], []).Check, [], [], 0, [$"{sqlState}: {message}"]) { SqlState = sqlState };
}
