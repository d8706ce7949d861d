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
    private const string Variable = "SCRATCH_URL";
    private const int LongestName = 63;

    private const string Present = "SELECT count(*) FROM pg_catalog.pg_database WHERE datname = $1";

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
            await new LeftScratchDatabases(address, connection, output).DropAsync(cancellationToken);
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
        var name = new StringBuilder($"{ScratchMark.Beginning}{stamp}_");
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
    /// <exception cref="SettingsException">There is such a database, or somebody else is about to make it.</exception>
    public async Task ReserveAsync(string database, CancellationToken cancellationToken)
    {
        if (!await ScratchMark.TryReserveAsync(connection, database, cancellationToken)
            || await connection.ScalarAsync(Present, [database], cancellationToken) is not 0L)
        {
            throw new SettingsException(
                $"The server of {Variable} has a database {database} already, or another run makes it. Nothing was touched.",
                "run the command again: the next name is another one");
        }

        // From here on it is ours, also when this run is stopped while the server makes it.
        claimed = database;
    }

    /// <inheritdoc/>
    public async Task ClaimAsync(string database, CancellationToken cancellationToken)
    {
        // The lock first: another run drops what has the mark and nobody's lock.
        await ScratchMark.TryLockAsync(connection, database, cancellationToken);
        await connection.ExecuteAsync(
            $"COMMENT ON DATABASE {SqlName.Quote(database)} IS '{ScratchMark.Text}'", cancellationToken);
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
            if (await fresh.ScalarAsync(Present, [claimed], CancellationToken.None) is not 0L)
            {
                await DatabaseDrop.RunAsync(fresh, claimed, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or DatabaseUnreachableException)
        {
            Output?.Warn(
                $"{claimed} could not be dropped from the server of {Variable}: {fault.Message} (Hint: the next rehearsal drops it)");
        }
    }
}
