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

    /// <summary>The rows, or the values of the column that are not null; or why they were not counted.</summary>
    public async Task<(long? Count, string? Reason)> CountAsync(LostData data, CancellationToken cancellationToken)
    {
        var what = data.Column is null ? "*" : SqlName.Quote(data.Column);
        try
        {
            await using var connection = await connector.OpenAsync("risks", cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(Limits, cancellationToken);
            return ((long)(await connection.ScalarAsync($"SELECT count({what}) FROM {data.Table}", cancellationToken))!, null);
        }
        catch (Exception fault)
            when (fault is NpgsqlException or DatabaseUnreachableException && !cancellationToken.IsCancellationRequested)
        {
            return (null, (fault as PostgresException)?.MessageText ?? fault.Message);
        }
    }
}
