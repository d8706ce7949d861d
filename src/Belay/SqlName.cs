namespace Belay;

/// <summary>Names as they stand in a command that someone copies.</summary>
internal static class SqlName
{
    /// <summary>An identifier in double quotes.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
