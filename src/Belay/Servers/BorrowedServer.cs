using System.Globalization;
using System.Text;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Servers;

/// <summary>A server that others run, with one database of ours that is dropped at the end. Nothing else of it is changed: no role, no
/// setting.</summary>
internal sealed class BorrowedServer : IScratchServer
{
    /// <summary>By which the next run finds what a killed one left.</summary>
    private const string Mark = "Belay rehearses a release in this database and drops it afterwards.";

    private const string Beginning = "belay_scratch_";
    private const string Variable = "SCRATCH_URL";
    private const int LongestName = 63;

    /// <summary>The class of the locks by which others see that a rehearsal lives.</summary>
    private const int LockClass = 0x42656c62;

    private const string Left = $"""
        SELECT d.datname::text FROM pg_catalog.pg_database d
        WHERE pg_catalog.shobj_description(d.oid, 'pg_database') = '{Mark}' AND left(d.datname::text, 14) = '{Beginning}'
            AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        """;

    private const string MayCreate = """
        SELECT (rolsuper OR rolcreatedb) AND NOT pg_catalog.pg_is_in_recovery() FROM pg_catalog.pg_roles WHERE rolname = current_user
        """;

    private readonly DatabaseTarget address;
    private readonly NpgsqlConnection connection;
    private readonly string stamp;
    private string? claimed;

    private BorrowedServer(DatabaseTarget address, NpgsqlConnection connection, string stamp)
        => (this.address, this.connection, this.stamp) = (address, connection, stamp);

    /// <summary>Takes a warning when the database could not be dropped.</summary>
    private IReleaseOutput? Output { get; init; }

    /// <inheritdoc/>
    public bool IsOwn => false;

    /// <inheritdoc/>
    public string Version => $"{connection.PostgreSqlVersion.ToString(2)} of {Variable}";

    /// <inheritdoc/>
    public DatabaseTarget Maintenance => address;

    private string SystemIdentifier { get; init; } = "";

    /// <summary>Connects, and drops what killed runs have left there.</summary>
    /// <param name="address">A database of the server, as a role that may make others.</param>
    /// <param name="demand">What the server must be.</param>
    /// <exception cref="SettingsException">It cannot be reached or is not such a server; nothing was touched.</exception>
    public static async Task<BorrowedServer> OpenAsync(
        DatabaseTarget address, ScratchDemand demand, IReleaseOutput output, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection;
        try
        {
#pragma warning disable CA2000 // The server disposes it.
            connection = await new DatabaseConnector(address).OpenAsync("scratch", cancellationToken);
#pragma warning restore CA2000
        }
        catch (DatabaseUnreachableException fault)
        {
            throw new SettingsException($"{Variable} cannot be used: {fault.Message}", fault.Hint);
        }

        try
        {
            var identity = await DemandAsync(connection, demand, cancellationToken);
            var stamp = $"{demand.Now.UtcDateTime.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture)}_{Guid.NewGuid():N}"[..20];
            var server = new BorrowedServer(address, connection, stamp) { SystemIdentifier = identity, Output = output };
            await server.SweepAsync(output, cancellationToken);
            return server;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>The server's system identifier.</returns>
    private static async Task<string> DemandAsync(
        NpgsqlConnection connection, ScratchDemand demand, CancellationToken cancellationToken)
    {
        var identity = await DatabaseReader.ReadIdentityAsync(connection, cancellationToken);
        var mayCreate = await connection.ScalarAsync(MayCreate, cancellationToken) is true;
        demand.Demand(identity.SystemIdentifier, connection.PostgreSqlVersion.Major, mayCreate);
        return identity.SystemIdentifier;
    }

    /// <inheritdoc/>
    public string NameOf(string database)
    {
        var name = new StringBuilder($"{Beginning}{stamp}_");
        foreach (var rune in database.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(name.ToString()) + rune.Utf8SequenceLength > LongestName)
            {
                break;
            }

            name.Append(rune);
        }

        return name.ToString();
    }

    /// <inheritdoc/>
    public DatabaseTarget Target(string database) => address with { Database = database, Address = null };

    /// <inheritdoc/>
    public async Task ClaimAsync(string database, CancellationToken cancellationToken)
    {
        claimed = database;

        // The lock first: another run drops what has the mark and nobody's lock.
        await TryLockAsync(database, cancellationToken);
        await connection.ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(database)} IS '{Mark}'", cancellationToken);
    }

    /// <inheritdoc/>
    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool Has(DatabaseIdentity database, string address)
        => claimed is not null && database.Name == claimed && database.SystemIdentifier == SystemIdentifier;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        if (claimed is null)
        {
            return;
        }

        try
        {
            // The connection of before may have been lost in hours of rehearsal.
            await using var fresh = await new DatabaseConnector(address).OpenAsync("scratch", CancellationToken.None);
            await DatabaseDrop.RunAsync(fresh, claimed, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or DatabaseUnreachableException)
        {
            Output?.Warn(
                $"{claimed} could not be dropped from the server of {Variable}: {fault.Message} (Hint: the next rehearsal drops it)");
        }
    }

    private async Task SweepAsync(IReleaseOutput output, CancellationToken cancellationToken)
    {
        foreach (var left in await connection.RowsAsync(Left, row => row.GetString(0), cancellationToken))
        {
            if (await TryLockAsync(left, cancellationToken))
            {
                await DropLeftAsync(left, output, cancellationToken);
                await DatabaseHold.ReleaseAsync(connection, LockClass, left, cancellationToken);
            }
        }
    }

    /// <summary>What somebody else is connected to may stand in the way, which is nothing of this rehearsal.</summary>
    private async Task DropLeftAsync(string left, IReleaseOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseDrop.RunAsync(connection, left, cancellationToken);
            output.Line($"      Dropped {left}, which a killed rehearsal left on the server of {Variable}");
        }
        catch (PostgresException fault)
        {
            output.Warn(
                $"{left} could not be dropped from the server of {Variable}: {fault.MessageText} (Hint: the next rehearsal tries again)");
        }
    }

    private Task<bool> TryLockAsync(string database, CancellationToken cancellationToken)
        => DatabaseHold.TryAsync(connection, LockClass, database, cancellationToken);
}
