namespace Belay.Verification;

/// <summary>Results that describe columns as <c>information_schema.columns</c> does.</summary>
internal static class ColumnDefinitions
{
    private static readonly string[] Columns = ["column_name", "data_type", "column_default", "is_nullable"];

    /// <summary>Whether the result has exactly the name, type, default and nullability of columns, which
    /// the guide's manual verification asks for.</summary>
    public static bool Describes(CheckResult result) => result.Columns.SequenceEqual(Columns);

    /// <summary>Whether every column has a default and refuses NULL, so that rows from before it was added have its default.</summary>
    public static bool AllHaveDefaults(CheckResult result) => result.Rows.All(row => row[2] != "NULL" && row[3] == "NO");

    /// <summary>One line of the guide's transcript: name, type, default, nullable.</summary>
    public static string Line(IReadOnlyList<string> row)
        => $"  {row[0],-30} {row[1],-15} {(row[2] == "NULL" ? "no default" : $"DEFAULT {row[2]}"),-28} {row[3]}";
}
