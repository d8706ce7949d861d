using Npgsql;

namespace Belay.History;

/// <summary>A row of the history that was written and is not there: a trigger or a rule of somebody
/// else's can swallow it without an error.</summary>
internal static class SuppressedRow
{
    /// <summary>The failure, in the server's form, because only the caller knows where the database stands then.</summary>
    /// <param name="table">The table with its schema.</param>
    public static PostgresException Fault(string table)
        => Of($"the history's row was not written, though there was no error: a trigger or rule on {table} must have taken it away");

    /// <summary>The same for a row that is there as another migration's.</summary>
    /// <param name="table">The table with its schema.</param>
    public static PostgresException Changed(string table)
        => Of($"the history's row was written as another migration's: a trigger or rule on {table} must have changed it");

    private static PostgresException Of(string message) => new(message, "ERROR", "ERROR", PostgresErrorCodes.ObjectNotInPrerequisiteState);
}
