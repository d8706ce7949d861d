using System.Data;
using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The session in which journals are written, file after file; no script runs in it. It is idle while a statement runs, and a file
/// that needs no journal: when it was ended meanwhile, which only the next question tells, a new one takes its place.</summary>
internal sealed class JournalSession : IAsyncDisposable
{
    private readonly DatabaseConnector connector;
    private NpgsqlConnection connection;
    private PreparedQueries prepared;

    private JournalSession(DatabaseConnector connector, NpgsqlConnection connection)
    {
        this.connector = connector;
        this.connection = connection;
        prepared = new PreparedQueries(connection);
    }

    public static async Task<JournalSession> OpenAsync(DatabaseConnector connector, CancellationToken cancellationToken)
        => new(connector, await OpenConnectionAsync(connector, cancellationToken));

    /// <summary>Asks or writes something.</summary>
    /// <param name="work">What may be done again from its beginning: whether the server has come to it nobody knows once the session is
    /// lost.</param>
    /// <exception cref="NpgsqlException">The server refuses, or it was lost and there is no new session.</exception>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work(connection);
        }
        catch (Exception fault) when (
            fault is NpgsqlException or InvalidOperationException && connection.State != ConnectionState.Open
                && !cancellationToken.IsCancellationRequested)
        {
            await BeginAnewAsync(fault, cancellationToken);
            return await work(connection);
        }
    }

    /// <summary>Runs a statement that comes again with every statement of the scripts, outside a transaction.</summary>
    /// <param name="query">May be run again, as with <see cref="AskAsync"/>.</param>
    /// <returns>How many rows it has written.</returns>
    public Task<long> RunAsync(SqlQuery query, CancellationToken cancellationToken) => AskAsync(
        async open =>
        {
            await prepared.TryPrepareAsync(cancellationToken);
            var rows = 0L;
            await open.RunAsync(
                prepared.Use([new SqlStep(query) { Read = async reader => rows = await CountAsync(reader, cancellationToken) }]),
                cancellationToken);
            return rows;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            await prepared.TryRemoveAsync();
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => (await reader.RowsAsync(_ => 1L, cancellationToken)).Count;

    private static Task<NpgsqlConnection> OpenConnectionAsync(DatabaseConnector connector, CancellationToken cancellationToken)
        => connector.OpenAsync("journal", cancellationToken);

    private async Task BeginAnewAsync(Exception fault, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        try
        {
            connection = await OpenConnectionAsync(connector, cancellationToken);
            prepared = new PreparedQueries(connection);
        }
        catch (DatabaseUnreachableException unreachable)
        {
            throw new NpgsqlException($"the session of the journal was lost ({fault.Message}). {unreachable.Message}", unreachable);
        }
    }
}
