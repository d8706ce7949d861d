using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Belay.Postgres;

/// <summary>Short ways to run SQL on an open connection. Nothing limits how long it runs but the token.</summary>
/// <remarks>All that the server refuses, and that it is lost, is told as <see cref="NpgsqlException"/>: of a connection that is known to be
/// lost Npgsql itself says that the caller uses it wrongly.</remarks>
internal static class SqlCommands
{
    /// <summary>Runs statements.</summary>
    /// <returns>How many rows they changed; -1 when none of them changes rows.</returns>
    public static Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
        => connection.ExecuteAsync(sql, [], cancellationToken);

    /// <summary>Runs a statement with values.</summary>
    /// <param name="values">Those of $1, $2 and so on: what the driver knows the type of, or an <see cref="NpgsqlParameter"/>.</param>
    /// <returns>How many rows it changed; -1 when it changes none.</returns>
    public static Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
        => connection.ExecuteAsync(new SqlQuery(sql, values), cancellationToken);

    /// <summary>Runs a statement with values.</summary>
    /// <returns>How many rows it changed; -1 when it changes none.</returns>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, SqlQuery query, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, query.Sql, query.Values);
        return await TellingLossAsync(connection, () => command.ExecuteNonQueryAsync(cancellationToken));
    }

    /// <summary>The first column of the first row; null for NULL and for no row.</summary>
    public static Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
        => connection.ScalarAsync(sql, [], cancellationToken);

    /// <summary>The first column of the first row; null for NULL and for no row.</summary>
    /// <param name="values">Those of $1, $2 and so on: what the driver knows the type of, or an <see cref="NpgsqlParameter"/>.</param>
    public static async Task<object?> ScalarAsync(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, values);
        var value = await TellingLossAsync(connection, () => command.ExecuteScalarAsync(cancellationToken));
        return value is DBNull ? null : value;
    }

    /// <summary>Every row.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection, SqlQuery query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, query.Sql, query.Values);
        await using var reader = await TellingLossAsync(connection, () => command.ExecuteReaderAsync(cancellationToken));
        return await reader.RowsAsync(read, cancellationToken);
    }

    /// <summary>Every row of the answer at which the reader stands.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Sends steps together, and reads the answers one after another. After the one that fails the server runs none.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, IEnumerable<SqlStep> steps, CancellationToken cancellationToken)
    {
        var all = steps.ToList();
        await using var batch = Batch(connection, all);
        SqlStep? read = null;
        try
        {
            await using var reader = await TellingLossAsync(connection, () => batch.ExecuteReaderAsync(cancellationToken));
            foreach (var step in all.Where(step => step.Read is not null))
            {
                read = step;
                await step.Read!(reader);
                await reader.NextResultAsync(cancellationToken);
            }
        }
        catch (PostgresException exception)
        {
            // Npgsql names the command, but not when it fails after its first row could have come.
            (exception.BatchCommand is { } failed ? all[batch.BatchCommands.IndexOf(failed)] : read)?.Failed?.Invoke();
            throw;
        }
    }

    /// <summary>Steps as one message to the server; the caller disposes it.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<SqlStep> steps)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var step in steps)
        {
            var command = new NpgsqlBatchCommand(step.Query.Sql);
            AddValues(command.Parameters, step.Query.Values);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>A command for one statement of somebody else's script, which the server gets as it is written.</summary>
    /// <remarks>
    /// Npgsql cuts a command without parameters at each semicolon that it takes for the end of a statement: also inside BEGIN ATOMIC … END,
    /// and inside some strings (<c>E'it''s \';'</c>, <c>$→$;$→$</c>), whose ends it sees elsewhere than the server does.
    /// It sends a command with a positional parameter as it is; no statement sees one that it does not name.
    /// </remarks>
    public static NpgsqlCommand WholeStatement(this NpgsqlConnection connection, string sql)
        => Command(connection, sql, WholeStatement(sql).Values);

    /// <summary>One statement of somebody else's script, in the same way.</summary>
    public static SqlQuery WholeStatement(string sql)
        => sql.Contains(';', StringComparison.Ordinal) ? new SqlQuery(sql, SqlQuery.Text(null)) : sql;

    /// <summary>A column that may be NULL.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static async Task<T> TellingLossAsync<T>(NpgsqlConnection connection, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (InvalidOperationException fault) when (fault is not ObjectDisposedException && connection.State != ConnectionState.Open)
        {
            throw new NpgsqlException(fault.Message, fault);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, IReadOnlyList<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        AddValues(command.Parameters, values);
        return command;
    }

    private static void AddValues(NpgsqlParameterCollection parameters, IReadOnlyList<object?> values)
    {
        foreach (var value in values)
        {
            // A parameter belongs to one command, and a question may be asked again.
            parameters.Add((value as NpgsqlParameter)?.Clone() ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
