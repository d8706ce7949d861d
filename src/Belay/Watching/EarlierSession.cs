using System.Globalization;
using Belay.Postgres;
using Npgsql;

namespace Belay.Watching;

/// <summary>A session from before a migration with statements that were prepared then, as an application's connections have them.</summary>
/// <remarks>
/// For each table that the migrations touch it has two: one with the columns of then, by name, and one with <c>*</c>. The server checks a
/// prepared statement again when a table has changed: names that are gone fail, and so does a result that has other columns ("cached plan
/// must not change result type"). Between its looks the session is idle, outside a transaction, and holds no lock.
/// </remarks>
internal sealed class EarlierSession : IAsyncDisposable
{
    private const int MostTables = 20;

    // A look must neither wait long nor keep a migration waiting behind it.
    private const string Limits = "SET lock_timeout = '1s'; SET statement_timeout = '10s'";

    private const string Columns = """
        SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute
        WHERE attrelid = $1::pg_catalog.regclass AND attnum > 0 AND NOT attisdropped
        """;

    private readonly NpgsqlConnection connection;
    private readonly List<(string Name, int Number)> tables = [];
    private readonly List<string> unread = [];
    private readonly int process;
    private int attempts;

    private EarlierSession(NpgsqlConnection connection, int process) => (this.connection, this.process) = (connection, process);

    /// <summary>How many tables it reads.</summary>
    public int Count => tables.Count;

    /// <summary>The tables that it cannot read, each with the reason.</summary>
    public IReadOnlyList<string> Unread => unread;

    /// <summary>Opens one and prepares its statements.</summary>
    /// <param name="touched">The tables' names as they stand in a statement; those that are not there yet are passed over.</param>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    /// <exception cref="NpgsqlException">The server refused.</exception>
    public static async Task<EarlierSession> OpenAsync(
        DatabaseConnector connector, IEnumerable<string> touched, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The session disposes it.
        var connection = await connector.OpenAsync("watch", cancellationToken);
#pragma warning restore CA2000
        try
        {
            await connection.ExecuteAsync(Limits, cancellationToken);
            var session = new EarlierSession(connection, await ProcessAsync(connection, cancellationToken));
            foreach (var table in touched.Distinct(StringComparer.Ordinal).Take(MostTables))
            {
                await session.PrepareAsync(table, cancellationToken);
            }

            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the prepared statements again.</summary>
    /// <returns>What came of them, a line each; null when a pooler has handed the session to another server process.</returns>
    /// <exception cref="NpgsqlException">The session was ended.</exception>
    public async Task<IReadOnlyList<string>?> LookAsync(CancellationToken cancellationToken)
    {
        if (await ProcessAsync(connection, cancellationToken) != process)
        {
            return null;
        }

        List<string> lines = [];
        foreach (var (table, number) in tables)
        {
            if (await FaultAsync(Named(number), cancellationToken) is { } broken)
            {
                lines.Add($"{table}: a statement that names the columns of before the migration fails: {broken}");
            }
            else if (await FaultAsync(All(number), cancellationToken) is { } changed)
            {
                lines.Add(
                    $"{table}: columns of before by name work; SELECT * that was prepared before the migration fails: {changed}; "
                        + "an application that prepares it must open new connections");
            }
        }

        return lines;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static string Named(int index) => $"belay_watch_named_{index.ToString(CultureInfo.InvariantCulture)}";

    private static string All(int index) => $"belay_watch_all_{index.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<int> ProcessAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (int)(await connection.ScalarAsync("SELECT pg_catalog.pg_backend_pid()", cancellationToken))!;

    private async Task PrepareAsync(string table, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync("SELECT pg_catalog.to_regclass($1)::text", [table], cancellationToken) is not string
            || await connection.ScalarAsync(Columns, [table], cancellationToken) is not string columns)
        {
            return;
        }

        var number = attempts++;
        try
        {
            await connection.ExecuteAsync(
                $"PREPARE {Named(number)} AS SELECT {columns} FROM {table} LIMIT 0; EXECUTE {Named(number)}; "
                    + $"PREPARE {All(number)} AS SELECT * FROM {table} LIMIT 0; EXECUTE {All(number)}",
                cancellationToken);
            tables.Add((table, number));
        }
        catch (PostgresException refused) when (!refused.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            unread.Add($"{table}: {HarmlessText.Of(refused.MessageText)}");
        }
    }

    private async Task<string?> FaultAsync(string statement, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync($"EXECUTE {statement}", cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody holds the table right now; the next look tells more.
            return null;
        }
        catch (PostgresException refused) when (!refused.SqlState.StartsWith("57", StringComparison.Ordinal))
        {
            return HarmlessText.Of(refused.MessageText);
        }
    }
}
