using Belay.History;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>What to think of a CALL or DO that ran outside a transaction and failed: each COMMIT inside
/// it has kept what came before.</summary>
internal static class CommittingBlock
{
    /// <summary>What its failure may mean, as the end of a sentence.</summary>
    public const string Doubt = "may have committed a part of its work";

    private const string Mistake = "42";

    /// <summary>
    /// Whether a failed statement may have kept a part of its work. The server names no context for what it refuses before a block begins.
    /// </summary>
    public static bool IsDoubtful(ScriptStatement? statement, NpgsqlException failure)
        => statement?.Shape.MayCommit is true
            && !(failure is PostgresException { Where: null or "" } server
                && server.SqlState.StartsWith(Mistake, StringComparison.Ordinal));

    /// <summary>The two ways on after somebody has looked: the journal's row decides.</summary>
    public static string Hint(MigrationJob job, int position)
    {
        var (table, row) = ($"belay.{job.Purpose.Table.Name}", $"WHERE version = {job.Migration.Version} AND position = {position}");
        return $"look at the database; then either DELETE FROM {table} {row} to run it again, "
            + $"or UPDATE {table} SET sqlstate = '{JournalRow.Success}' {row} to go on after it; then {job.Purpose.Command}";
    }
}
