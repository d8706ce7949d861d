using Belay.Backups;
using Belay.Backups.Proving;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>One restore on its way: fills the database that nobody uses yet, then gives it its name.</summary>
internal sealed class RestoreAttempt(RestorePreview preview, RestoringDatabase database, IReleaseOutput output, TimeProvider timeProvider)
{
    private const string Room = "Make room on the server; see its log. Then run the command again.";

    private List<string> facts = [];
    private TimeSpan duration;

    private RestoreRequest Request => preview.Request;

    private string Stands => preview.Exists ? $"{Request.Name} is as before." : $"No database {Request.Name} was made.";

    /// <summary>Restores and compares.</summary>
    public async Task FillAsync(NpgsqlConnection connection, ReadableDump dump, CancellationToken cancellationToken)
    {
        var made = await database.CreateAsync(Request.Backup.Definition, cancellationToken);
        var place = new RestorePlace("the server", Room);
        var started = timeProvider.GetTimestamp();
        var progress = new TransferProgress("Restored", output, timeProvider) { Expected = Request.Backup.Size };
        var target = await QuietTarget.OfAsync(connection, Request.Target with { Database = database.Name }, cancellationToken);
        await using var reader = dump.Open(progress, place);
        var read = await reader.RestoreAsync(target, cancellationToken);
        duration = timeProvider.GetElapsedTime(started);
        await using var inside = await new DatabaseConnector(target).OpenAsync("restore", cancellationToken);
        var compared = await RestoredComparison.CompareAsync(inside, Request.Backup, cancellationToken);
        await AnalyzeAsync(inside, cancellationToken);
        if (Request.Backup.Definition is { } definition)
        {
            await new DefinitionWriter(connection, output).WriteAsync(definition, preview.Live, database.Name, cancellationToken);
        }

        facts = [.. read, made, .. compared];
    }

    /// <summary>Hours of a restore are not thrown away for statistics, which the database can do without for a while.</summary>
    private async Task AnalyzeAsync(NpgsqlConnection inside, CancellationToken cancellationToken)
    {
        try
        {
            await inside.ExecuteAsync("ANALYZE", cancellationToken);
        }
        catch (PostgresException fault) when (!cancellationToken.IsCancellationRequested)
        {
            output.Warn(
                $"{Request.Name} is restored without statistics of all tables, so statements may be slow: {fault.MessageText} "
                    + "(Hint: mend what the message names, then ANALYZE)");
        }
    }

    /// <summary>Gives the restored database its name.</summary>
    public async Task<RestoreOutcome> FinishAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var replaced = preview.Exists ? DatabaseNames.Replaced(Request.Name, timeProvider.GetUtcNow()) : null;
        if (replaced is not null)
        {
            output.Line($"      {replaced} is what the database that is there gets called, while {database.Name} gets its name");
        }

        try
        {
            var swap = new DatabaseSwap(Request, timeProvider) { Comment = Request.Backup.Definition?.Comment };
            await swap.RunAsync(connection, database.Name, replaced, cancellationToken);
        }
        catch (PostgresException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw await KeepAsync(connection, replaced, fault);
        }
        catch (OperationCanceledException)
        {
            await DropAsync();
            throw;
        }
        catch (NpgsqlException fault)
        {
            // The session was lost before COMMIT, so nothing was renamed.
            await DropAsync();
            throw Explain(fault, cancellationToken);
        }

        var keeps = replaced is null || !await DropEmptyAsync(connection, replaced, cancellationToken) ? replaced : null;
        return new RestoreOutcome(facts, duration, keeps);
    }

    /// <summary>Drops what was restored so far, over a connection of its own: the other may be what failed.</summary>
    public async Task DropAsync()
    {
        try
        {
            await using var connection = await MaintenanceConnection.OpenAsync(Request.Target, CancellationToken.None);
            await new RestoringDatabase(connection, database.Name).DropAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or DatabaseUnreachableException)
        {
            output.Warn(
                $"The half-restored database {database.Name} could not be dropped: {fault.Message} (Hint: the next restore drops it)");
        }
    }

    /// <summary>A failure with where the database stands.</summary>
    public Exception Explain(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        _ when cancellationToken.IsCancellationRequested => new OperationCanceledException(Stands, fault, cancellationToken),
        BelayException known => new RecoveryException($"{known.Message}\n{Stands}", known.Hint, known),
        _ => new RecoveryException(
            $"Backup {Request.Backup.Id} was not restored as {Request.Name}: {fault.Message}\n{Stands}",
            (fault as PostgresException)?.SqlState == PostgresErrorCodes.DiskFull ? Room : null,
            fault),
    };

    /// <summary>All of it is there and only the name is not free: hours of work are not thrown away.</summary>
    private async Task<RecoveryException> KeepAsync(NpgsqlConnection connection, string? replaced, PostgresException fault)
    {
        var kept = DatabaseNames.Restored(Request.Name, timeProvider.GetUtcNow());
        var named = SqlName.Quote(kept);
        await connection.ExecuteAsync($"ALTER DATABASE {SqlName.Quote(database.Name)} RENAME TO {named}", CancellationToken.None);
        await connection.ExecuteAsync($"COMMENT ON DATABASE {named} IS NULL", CancellationToken.None);
        var name = SqlName.Quote(Request.Name);
        var first = replaced is null ? "" : $"ALTER DATABASE {name} RENAME TO {SqlName.Quote(replaced)}; ";
        return new RecoveryException(
            $"Backup {Request.Backup.Id} is restored as {kept}, whole and compared, and could not be named {Request.Name}: "
                + $"{fault.MessageText}{(fault.Detail is { } detail ? $" ({detail})" : "")}\n{Stands}",
            $"When nobody is connected any more, in another database: {first}ALTER DATABASE {named} RENAME TO {name};",
            fault);
    }

    /// <summary>What had nothing in it is not kept, unless somebody has written into it meanwhile.</summary>
    private async Task<bool> DropEmptyAsync(NpgsqlConnection connection, string replaced, CancellationToken cancellationToken)
    {
        if (!preview.IsEmpty)
        {
            return false;
        }

        await using (var inside = await new DatabaseConnector(
            Request.Target with { Database = replaced }).OpenAsync("restore", cancellationToken))
        {
            if (!await RestoreServer.IsEmptyAsync(inside, cancellationToken))
            {
                return false;
            }
        }

        await connection.ExecuteAsync($"DROP DATABASE {SqlName.Quote(replaced)}", cancellationToken);
        return true;
    }
}
