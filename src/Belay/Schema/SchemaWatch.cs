using Belay.Postgres;
using Npgsql;

namespace Belay.Schema;

/// <summary>Tells what a run changed in the schema, warns of owners that nobody expects, and records the
/// schema as the run left it.</summary>
/// <remarks>It never fails a run: what it cannot read or write becomes a warning.</remarks>
/// <param name="output">Takes the changed lines and the warnings.</param>
internal sealed class SchemaWatch(DatabaseConnector connector, IReleaseOutput output)
{
    /// <summary>Some catalogue functions take locks; the watch rather sees nothing than makes others wait.</summary>
    private const string Limits = "SET statement_timeout = '60s'; SET lock_timeout = '5s'";

    /// <summary>The role that new objects are to belong to; null for the owner of most objects of their schema.</summary>
    public string? ExpectedOwner { get; init; }

    /// <summary>What the last run changed; null when it was not seen.</summary>
    public SchemaDifference? Difference { get; private set; }

    /// <summary>Runs something that changes the schema. Whatever becomes of it, what it changed is told and recorded.</summary>
    /// <param name="reason">What runs, for the record: <c>release behind backup 20251012T103000Z-aa</c>.</param>
    /// <param name="cancellationToken">Stops looking before the run; what comes after is not cancelled.</param>
    public async Task<T> AroundAsync<T>(string reason, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var before = await TryAsync(connection => SchemaReader.ReadAsync(connection, cancellationToken), cancellationToken);
        var succeeded = false;
        try
        {
            var result = await change();
            succeeded = true;
            return result;
        }
        finally
        {
            await TryAsync(connection => EndAsync(connection, before, reason, succeeded), CancellationToken.None);
        }
    }

    /// <summary>The schema beside the recorded one; null when none is recorded or it could not be read.</summary>
    public Task<SchemaDrift?> CompareAsync(CancellationToken cancellationToken)
        => TryAsync(connection => SchemaDrift.ReadAsync(connection, cancellationToken), cancellationToken);

    /// <summary>Records the schema as it is, for a run that takes it as given: a baseline, an adoption.</summary>
    /// <param name="reason">What takes it as given: <c>baseline at version 3</c>.</param>
    public Task RecordAsync(string reason, CancellationToken cancellationToken) => TryAsync(
        async connection =>
        {
            if (await SchemaReader.ReadAsync(connection, cancellationToken) is { } snapshot)
            {
                await FingerprintStore.RecordAsync(connection, snapshot, reason, cancellationToken);
            }

            return connection;
        },
        cancellationToken);

    /// <summary>Records that a release found the schema as it was left and had nothing to change.</summary>
    /// <param name="drift">What preflight saw; nothing is recorded unless it is equal.</param>
    public async Task ConfirmAsync(SchemaDrift? drift, CancellationToken cancellationToken)
    {
        if (drift is { IsEqual: true })
        {
            await TryAsync(
                async connection =>
                {
                    await FingerprintStore.MarkSeenAsync(connection, cancellationToken);
                    return drift;
                },
                cancellationToken);
        }
    }

    /// <summary>A run that failed and left nothing behind accepts no earlier drift either, so nothing is recorded for it.</summary>
    private async Task<SchemaSnapshot?> EndAsync(NpgsqlConnection connection, SchemaSnapshot? before, string reason, bool succeeded)
    {
        var after = await SchemaReader.ReadAsync(connection, CancellationToken.None);
        if (after is null)
        {
            return null;
        }

        if (before is not null)
        {
            Tell(before, after);
        }

        if (succeeded || Difference is { IsEmpty: false })
        {
            await FingerprintStore.RecordAsync(connection, after, reason, CancellationToken.None);
        }

        return after;
    }

    private void Tell(SchemaSnapshot before, SchemaSnapshot after)
    {
        Difference = SchemaDifference.Between(before.Lines, after.Lines);
        output.Line(Difference.IsEmpty ? "Schema: not changed" : $"Schema: {Difference.Summary}");
        foreach (var line in Difference.Shown)
        {
            output.Line($"  {line}");
        }

        foreach (var warning in Ownership.Warnings(before.Owned, after.Owned, ExpectedOwner))
        {
            output.Warn(warning);
        }
    }

    private async Task<T?> TryAsync<T>(Func<NpgsqlConnection, Task<T?>> look, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var connection = await connector.OpenAsync("schema", cancellationToken);
            await connection.ExecuteAsync(Limits, cancellationToken);
            return await look(connection);
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException)
        {
            output.Warn($"The schema could not be read or recorded: {exception.Message}");
            return null;
        }
    }
}
