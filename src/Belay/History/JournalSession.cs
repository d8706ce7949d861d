using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The session in which journals are written, file after file; no script runs in it.</summary>
internal sealed class JournalSession(NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly PreparedQueries prepared = new(connection);

    /// <summary>Its connection.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>Runs a statement that comes again with every statement of the scripts, outside a transaction.</summary>
    public async Task RunAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await prepared.TryPrepareAsync(cancellationToken);
        await connection.RunAsync(prepared.Use([new SqlStep(query)]), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            await prepared.TryRemoveAsync();
        }
    }
}
