using Belay.Postgres;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>Puts a restored database in another's place, by name, in one transaction: at no time is there neither, and a failure leaves the
/// old one serving.</summary>
internal sealed class DatabaseSwap(RestoreRequest request, TimeProvider timeProvider)
{
    /// <summary>Each waits five seconds by itself for sessions to end: CountOtherDBBackends in PostgreSQL's procarray.c.</summary>
    private const int Attempts = 5;

    /// <summary>Nobody can connect to a database while somebody waits to rename it.</summary>
    private const string Limits = "SET LOCAL lock_timeout = '10s'";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Its comment, which the mark of a restore stood in for; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>Renames.</summary>
    /// <param name="connection">An open connection to another database of the server.</param>
    /// <param name="replaced">The name that the old one gets; null where there is none.</param>
    /// <exception cref="PostgresException">It was refused, and nothing was renamed.</exception>
    /// <exception cref="RecoveryException">Nobody knows whether it was done.</exception>
    public async Task RunAsync(NpgsqlConnection connection, string restored, string? replaced, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (replaced is not null && request.EndsSessions)
                {
                    await DatabaseSessions.EndAsync(connection, request.Name, cancellationToken);
                }

                await RenameAsync(connection, restored, replaced, cancellationToken);
                return;
            }
            catch (PostgresException fault)
                when (fault.SqlState == PostgresErrorCodes.ObjectInUse && request.EndsSessions && attempt < Attempts)
            {
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
    }

    private async Task RenameAsync(NpgsqlConnection connection, string restored, string? replaced, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Limits, cancellationToken);
        if (replaced is not null)
        {
            await connection.ExecuteAsync(
                $"ALTER DATABASE {SqlName.Quote(request.Name)} RENAME TO {SqlName.Quote(replaced)}", cancellationToken);
        }

        await connection.ExecuteAsync(
            $"ALTER DATABASE {SqlName.Quote(restored)} RENAME TO {SqlName.Quote(request.Name)}", cancellationToken);
        var comment = Comment is null ? "NULL" : $"'{Comment.Replace("'", "''", StringComparison.Ordinal)}'";
        await connection.ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(request.Name)} IS {comment}", cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Not to be cancelled: after it there is either all of it or nothing.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException fault) when (fault is not PostgresException)
        {
            await DemandDoneAsync(restored, fault);
        }
    }

    /// <summary>The connection was lost in COMMIT: whether the database of the restore still has its own name tells how it ended.</summary>
    private async Task DemandDoneAsync(string restored, NpgsqlException fault)
    {
        bool isDone;
        try
        {
            await using var connection = await MaintenanceConnection.OpenAsync(request.Target, CancellationToken.None);
            isDone = !await new RestoreServer(connection).HasAsync(restored, CancellationToken.None);
        }
        catch (Exception lost) when (lost is NpgsqlException or DatabaseUnreachableException)
        {
            throw new RecoveryException(
                $"The connection was lost while {restored} took the name {request.Name}, and nobody knows whether it did: {fault.Message}",
                $"psql -l lists the databases. If {restored} is among them, {request.Name} is the old one, as it was.",
                fault);
        }

        if (!isDone)
        {
            throw new RecoveryException(
                $"The connection was lost before {restored} took the name {request.Name}: {fault.Message}\n{request.Name} is as before.",
                null,
                fault);
        }
    }
}
