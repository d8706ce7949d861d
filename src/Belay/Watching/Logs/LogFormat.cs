namespace Belay.Watching.Logs;

/// <summary>A form in which a server writes its log.</summary>
/// <param name="Name">As <c>log_destination</c> has it.</param>
/// <param name="Read">Reads the whole entries of a text that begins with one, and says how many characters they take; the last
/// one may not have been written to its end.</param>
internal sealed record LogFormat(string Name, Func<string, (IReadOnlyList<LogEntry> Entries, int Length)> Read)
{
    private static readonly string[] ClassesOfStatements =
        ["0A", "21", "22", "23", "25", "2B", "40", "42", "44", "54", "55", "P0", "XX"];

    /// <summary>All of them, the one that says most first.</summary>
    public static IReadOnlyList<LogFormat> All { get; } =
        [new("jsonlog", JsonLog.Read), new("csvlog", CsvLog.Read), new(PlainLog.Name, PlainLog.Read)];

    /// <summary>Whether a code is of an error in a statement: syntax and names, data, constraints, plans, deadlocks, faults of the server.
    /// Those of connections, logins and shutdowns name no object.</summary>
    public static bool IsOfStatement(string? sqlState)
        => sqlState is null || (sqlState.Length == 5 && ClassesOfStatements.Contains(sqlState[..2]));
}
