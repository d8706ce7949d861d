using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The session in which journals are written, file after file; no script runs in it.</summary>
internal sealed class JournalSession : IAsyncDisposable
{
    private readonly PreparedQueries prepared;

    private JournalSession(NpgsqlConnection connection)
    {
        Connection = connection;
        prepared = new PreparedQueries(connection);
    }

    /// <summary>Its connection.</summary>
    public NpgsqlConnection Connection { get; }

    public static async Task<JournalSession> OpenAsync(DatabaseConnector connector, CancellationToken cancellationToken)
    {
        var connection = await connector.OpenAsync("journal", cancellationToken);
        return new JournalSession(connection);
    }

    /// <summary>Runs a statement that comes again with every statement of the scripts, outside a transaction.</summary>
    public async Task RunAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await prepared.TryPrepareAsync(cancellationToken);
        await Connection.RunAsync(prepared.Use([new SqlStep(query)]), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (Connection)
        {
            await prepared.TryRemoveAsync();
        }
    }
}
