namespace Belay.History;

/// <summary>A row of the history that the server took without an error and did not write.</summary>
internal static class SuppressedRow
{
    /// <summary>A trigger or a rule of somebody else's can swallow a row without an error.</summary>
    public static MigrationException Fault(string table) => new(
        $"The history's row was not written, though the server named no error: a trigger or rule on {table} must have taken it away.\n"
        + "Rolled back: database as before.",
        ExitCodes.MigrationRolledBack,
        $"look for it with \\d {table} in psql and drop it, then ./build.sh Migrate");
}
