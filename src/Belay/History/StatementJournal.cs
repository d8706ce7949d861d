using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.History;

/// <summary>The journal of one migration, or of its rollback, written on a connection of its own, so
/// that it outlives the statement.</summary>
/// <param name="session">No script runs in it.</param>
internal sealed class StatementJournal(JournalSession session, decimal version, HistoryTable table)
{
    /// <summary>Creates the journal's table, in a transaction of its own, when this is the first migration.</summary>
    /// <param name="seen">The tables that this run has found or made already; null when it has not looked yet.</param>
    public Task CreateAsync(HistoryMark? seen, CancellationToken cancellationToken) => session.AskAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var tables = new[] { HistorySchema.Migration, HistorySchema.Statement, table }.Distinct();
            await (seen is not null && tables.All(one => seen.Names.Contains(one.Name))
                ? Task.CompletedTask
                : HistorySchema.EnsureAsync(connection, tables, cancellationToken));
            await HistorySchema.DemandFitsAsync(connection, table, version, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>The text that marks a statement as done in the transaction that it runs in.</summary>
    public string EndInTransaction(int position) => EndText(position, JournalRow.Success);

    public async Task<IReadOnlyList<JournalRow>> ReadAsync(CancellationToken cancellationToken) => await session.AskAsync(
        connection => connection.RowsAsync(
            new SqlQuery($"""
            SELECT s.position, s.sha256, s.first_words, s.sqlstate, s.backend_pid, s.ended_at IS NULL AND a.pid IS NOT NULL
            FROM belay.{table.Name} s
            LEFT JOIN pg_catalog.pg_stat_get_activity(NULL) a ON a.pid = s.backend_pid AND coalesce(a.backend_start = s.backend_start, true)
            WHERE s.version = $1 ORDER BY s.position
            """, version),
            reader => new JournalRow(
                reader.GetInt32(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.TextOrNull(3),
                reader.GetInt32(4),
                reader.GetBoolean(5)),
            cancellationToken),
        cancellationToken);

    /// <summary>Writes that a statement begins, before it begins.</summary>
    /// <exception cref="NpgsqlException">It could not be written, also because the statement's session is not one of the server that the
    /// journal is written on.</exception>
    public async Task StartAsync(int position, ScriptStatement statement, int processId, CancellationToken cancellationToken)
    {
        var rows = await session.RunAsync(
            new SqlQuery($"""
            INSERT INTO belay.{table.Name} AS s (version, position, sha256, first_words, backend_pid, backend_start)
            SELECT $1, $2, $3, $4, a.pid, a.backend_start FROM pg_catalog.pg_stat_get_activity($5) a
            ON CONFLICT (version, position) DO UPDATE SET sha256 = excluded.sha256, first_words = excluded.first_words,
                started_at = clock_timestamp(), ended_at = NULL, sqlstate = NULL,
                backend_pid = excluded.backend_pid, backend_start = excluded.backend_start
            RETURNING position
            """, version, position, Hash(statement), statement.Shape.Title, processId),
            cancellationToken);
        if (rows == 0)
        {
            throw new NpgsqlException($"the server of the journal has no session {processId}");
        }
    }

    /// <summary>Writes how a statement ended. Never cancelled: the journal must not lie about a statement that ended.</summary>
    public Task EndAsync(int position, string sqlState) => ExecuteAsync(EndText(position, sqlState));

    /// <summary>Takes a statement's row away: nothing of it happened.</summary>
    public Task ForgetAsync(int position)
        => ExecuteAsync($"DELETE FROM belay.{table.Name} WHERE version = {version} AND position = {position}");

    public static string Hash(ScriptStatement statement) => ScriptText.Sha256Of(statement.Sql + statement.CopyData);

    private Task<int> ExecuteAsync(string sql)
        => session.AskAsync(connection => connection.ExecuteAsync(sql, CancellationToken.None), CancellationToken.None);

    private string EndText(int position, string sqlState)
        => $"UPDATE belay.{table.Name} SET ended_at = clock_timestamp(), sqlstate = '{sqlState}' WHERE version = {version} AND position = "
            + $"{position}";
}
