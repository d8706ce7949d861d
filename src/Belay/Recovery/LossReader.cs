using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Counts, statement by statement, the rows and values that a rollback script would take away.</summary>
/// <param name="connection">An open connection outside a transaction.</param>
internal sealed class LossReader(NpgsqlConnection connection)
{
    private const string TablesOfSchema = """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.oid = pg_catalog.to_regnamespace($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
        """;

    /// <summary>Counting must not take longer than a reader waits; what does is said to be not counted, and so is what row level security
    /// hides from the role.</summary>
    private const string ReadOnly =
        "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '5s'; SET LOCAL row_security = off";

    /// <summary>The losses in the script's order, read in one read-only transaction, in which the script's search path holds.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<ScriptStatement> statements, CancellationToken cancellationToken)
    {
        var losses = new List<string>();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(ReadOnly, cancellationToken);
        foreach (var statement in statements)
        {
            if (statement.Shape.Words is ["SET", ..] && statement.Shape.Words.Any(word => word is "SEARCH_PATH" or "SCHEMA"))
            {
                await TryAsync<object>(async () => await RunAsync(statement, cancellationToken), cancellationToken);
            }
            else if (DroppedTable.Of(statement) is { } dropped)
            {
                losses.AddRange(await TablesAsync(dropped, cancellationToken));
            }
            else
            {
                losses.AddRange(await ColumnsAsync(statement, cancellationToken));
            }
        }

        return losses;
    }

    private async Task<IReadOnlyList<string>> ColumnsAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        var losses = new List<string>();
        foreach (var column in DroppedColumn.In([statement]))
        {
            var (loss, _) = await TryAsync(() => ColumnLossReader.ReadAsync(connection, column, cancellationToken), cancellationToken);
            losses.Add((loss ?? new ColumnLoss(column, null, null)).ToString());
        }

        if (IsOpaque(statement.Shape.Words))
        {
            var place = $"line {statement.Position.Line}: {statement.Shape.Title}";
            losses.Add(new TableLoss(place, null, "nobody can tell before it runs").ToString());
        }

        return losses;
    }

    private async Task<IReadOnlyList<string>> TablesAsync(DroppedTable dropped, CancellationToken cancellationToken)
    {
        var names = dropped.AreSchemas ? await SchemasAsync(dropped.Names, cancellationToken) : dropped.Names;
        var losses = new List<string>();
        foreach (var name in names)
        {
            var (rows, reason) = await TryAsync(() => CountAsync(name, cancellationToken), cancellationToken);
            losses.Add(new TableLoss(name, rows as long?, rows is null ? reason ?? "there is no such table" : null).ToString());
        }

        return losses;
    }

    private async Task<IReadOnlyList<string>> SchemasAsync(IReadOnlyList<string> schemas, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        foreach (var schema in schemas)
        {
            tables.AddRange(
                await connection.RowsAsync(new SqlQuery(TablesOfSchema, schema), reader => reader.GetString(0), cancellationToken));
        }

        return tables;
    }

    private async Task<object?> CountAsync(string table, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync("SELECT pg_catalog.to_regclass($1) IS NOT NULL", [table], cancellationToken) is not true)
        {
            return null;
        }

        return await connection.ScalarAsync($"SELECT count(*) FROM {table}", cancellationToken);
    }

    private static bool IsOpaque(IReadOnlyList<string> words) => words is
        ["DO" or "CALL" or "DELETE" or "UPDATE" or "MERGE" or "WITH", ..] or ["DROP", "OWNED" or "EXTENSION" or "TYPE" or "DOMAIN", ..]
        || (words is ["ALTER", "TABLE", ..] && words.Contains("TYPE"));

    private async Task<(T? Value, string? Reason)> TryAsync<T>(Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        await connection.ExecuteAsync("SAVEPOINT belay_loss", cancellationToken);
        try
        {
            return (await read(), null);
        }
        catch (PostgresException exception)
        {
            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT belay_loss", cancellationToken);
            return (null, exception.MessageText);
        }
    }

    private async Task<object?> RunAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        await using var command = connection.WholeStatement(statement.Sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
