using Belay.Postgres;
using Npgsql;

namespace Belay.Risks;

/// <summary>Counts what migrations would take away, in the database as it is.</summary>
internal sealed class LossCounter(DatabaseConnector connector)
{
    /// <summary>Counting takes no longer than somebody waits for a plan; rows that the role may not see make it fail rather than
    /// count less.</summary>
    private const string Limits =
        "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '5s'; SET LOCAL row_security = off";

    /// <summary>As many rows are looked at as this, or as twice those that went: a script may delete row by row.</summary>
    private const long Least = 1000;

    private readonly Dictionary<string, (long Limit, long? Count, string? Reason)> known = new(StringComparer.Ordinal);

    /// <summary>The rows, or the values of the column that are not null; or why they were not counted.</summary>
    public Task<(long? Count, string? Reason)> CountAsync(LostData data, CancellationToken cancellationToken)
        => AskAsync($"SELECT count({(data.Column is null ? "*" : SqlName.Quote(data.Column))}) FROM {data.Table}", cancellationToken);

    /// <summary>Whether a table itself has more rows than some; or why nobody saw it.</summary>
    /// <param name="table">Its name with its schema, quoted where SQL needs that.</param>
    public async Task<(bool? HasMore, string? Reason)> HasMoreAsync(string table, long rows, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(table, out var seen) || (seen.Count >= seen.Limit && rows >= seen.Limit))
        {
            var limit = Math.Max(Least, 2 * rows);
            var (count, reason) = await AskAsync(
                $"SELECT count(*) FROM (SELECT FROM ONLY {table} LIMIT {limit}) few", cancellationToken);
            seen = known[table] = (limit, count, reason);
        }

        return (seen.Count is { } found ? found > rows : null, seen.Reason);
    }

    private async Task<(long? Count, string? Reason)> AskAsync(string question, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("risks", cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(Limits, cancellationToken);
            return ((long)(await connection.ScalarAsync(question, cancellationToken))!, null);
        }
        catch (Exception fault)
            when (fault is NpgsqlException or DatabaseUnreachableException && !cancellationToken.IsCancellationRequested)
        {
            return (null, (fault as PostgresException)?.MessageText ?? fault.Message);
        }
    }
}
