using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Backups.Taking;

/// <summary>A read-only transaction whose snapshot pg_dump uses too, so that what is read here is what is dumped.</summary>
internal sealed class SnapshotSession : IAsyncDisposable
{
    /// <summary>A database of SQL_ASCII takes any bytes and converts none; others have been given them through a function or by an older
    /// server.</summary>
    private const string NotReadable = """
        A name there is not UTF-8. Those of tables, each with its number:
        SELECT oid, textsend(relname::text) FROM pg_class WHERE relname::text ~ '[^ -~]';
        Rename them by it: DO $$ BEGIN EXECUTE format('ALTER TABLE %s RENAME TO new_name', 16385::regclass); END $$; then ./build.sh Backup
        """;

    private readonly NpgsqlConnection connection;
    private readonly SnapshotLocks locks;
    private SnapshotFacts? facts;

    private SnapshotSession(NpgsqlConnection connection)
    {
        this.connection = connection;
        locks = new SnapshotLocks(connection);
    }

    /// <summary>The exported snapshot's name.</summary>
    public string Snapshot { get; private set; } = "";

    public SnapshotFacts Facts => facts ?? throw new InvalidOperationException("The snapshot is not taken.");

    /// <summary>The server that the session is on: of several hosts, only this one knows the snapshot.</summary>
    public DatabaseHost Host => new(connection.Host ?? "", connection.Port);

    public static async Task<SnapshotSession> OpenAsync(DatabaseConnector connector, CancellationToken cancellationToken)
    {
        var session = new SnapshotSession(await connector.OpenAsync("backup snapshot", cancellationToken));
        try
        {
            await session.BeginAsync(connector.Target.DisplayName, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets go of the tables when somebody waits for them; to be asked until pg_dump holds its own locks.</summary>
    public Task YieldAsync(CancellationToken cancellationToken) => locks.YieldAsync(cancellationToken);

    /// <summary>Demands that no table was emptied or written anew between the snapshot and pg_dump's locks.
    /// To be called when pg_dump holds them.</summary>
    /// <exception cref="BackupException">One was: the dump has none of its rows.</exception>
    public async Task DemandRowsAsync(CancellationToken cancellationToken)
    {
        if (await RewrittenAsync(cancellationToken) is { Count: > 0 } tables)
        {
            throw new BackupException(
                $"{Quantity.Count(tables.Count, "table")} of {connection.Database} was emptied or written anew while the backup waited "
                    + "for its locks, "
                    + $"so the dump would have no rows of it: {string.Join(", ", tables.Take(5))}.\nNothing was stored.",
                "Run it again when that is done: ./build.sh Backup");
        }
    }

    /// <summary>Counts rows and sees to it that they are those of the snapshot. To be called when pg_dump holds its own locks.</summary>
    public async Task<CountedRows> CountAsync(long sizeLimit, CancellationToken cancellationToken)
    {
        decimal? lastMigration = null;
        try
        {
            if (await connection.ScalarAsync(CatalogueQueries.HasHistory, cancellationToken) is true)
            {
                lastMigration = (decimal?)await connection.ScalarAsync(CatalogueQueries.LastMigration, cancellationToken);
            }

            if (LeftOut(sizeLimit, Facts.Server.SizeBytes) is { } reason)
            {
                return new CountedRows(null, reason, lastMigration);
            }

            var counts = await RowCounter.CountAsync(connection, Facts.Tables, cancellationToken);
            return await RewrittenAsync(cancellationToken) is { Count: > 0 } tables
                ? new CountedRows(
                    null, $"{string.Join(", ", tables.Take(5))} was emptied or written anew meanwhile", lastMigration, HasFailed: true)
                : new CountedRows(counts, null, lastMigration);
        }
        catch (NpgsqlException exception)
        {
            return new CountedRows(
                null, exception is PostgresException { MessageText: var text } ? text : exception.Message, lastMigration, HasFailed: true);
        }
    }

    /// <summary>Why rows are not counted in a database of this size; null when they are.</summary>
    public static string? LeftOut(long sizeLimit, long size)
        => sizeLimit == 0 ? "switched off"
            : size > sizeLimit ? $"the database has {Quantity.Bytes(size)}, rows are counted up to {Quantity.Bytes(sizeLimit)}"
            : null;

    private Task<List<string>> RewrittenAsync(CancellationToken cancellationToken) => locks.RewrittenAsync(cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task BeginAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync("SET lock_timeout = '2s'; SET statement_timeout = 0; SET row_security = off", cancellationToken);
            var sequences = await RowCounter.SequencesAsync(connection, cancellationToken);
            var writes = await WriteCounter.ReadAsync(connection, cancellationToken);
            var position = await PositionReader.ReadAsync(connection, cancellationToken);
            await connection.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);
            if (connection.PostgreSqlVersion >= new Version(9, 6))
            {
                await connection.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken);
            }

            Snapshot = (string)(await connection.ScalarAsync("SELECT pg_export_snapshot()", cancellationToken))!;
            facts = await ReadAsync(connection, (sequences, writes, position), cancellationToken);
            await locks.TryTakeAsync(facts.Tables, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            var reason = exception is PostgresException { MessageText: var text } ? text : exception.Message;
            throw new BackupException(
                $"The catalogue of {database} could not be read for the backup: {reason}",
                (exception as PostgresException)?.SqlState == PostgresErrorCodes.CharacterNotInRepertoire ? NotReadable
                    : "./build.sh Preflight",
                exception);
        }
    }

    private static async Task<SnapshotFacts> ReadAsync(
        NpgsqlConnection connection,
        (Dictionary<string, long> Sequences, CountedWrites? Writes, ServerPosition Position) before,
        CancellationToken cancellationToken) => new()
    {
        Identity = await DatabaseReader.ReadIdentityAsync(connection, cancellationToken),
        Server = await DatabaseReader.ReadServerAsync(connection, cancellationToken),
        TakenUtc = new DateTimeOffset((DateTime)(await connection.ScalarAsync("SELECT transaction_timestamp()", cancellationToken))!),
        Position = before.Position,
        Tables = await RowCounter.TablesAsync(connection, cancellationToken),
        Sequences = before.Sequences,
        Writes = before.Writes,
        LargeObjects = (long)(await connection.ScalarAsync(CatalogueQueries.LargeObjects, cancellationToken))!,
        Owners = await connection.RowsAsync(CatalogueQueries.Owners, row => row.GetString(0), cancellationToken),
        Extensions = await connection.RowsAsync(CatalogueQueries.Extensions, row => row.GetString(0), cancellationToken),
        Definition = await DefinitionReader.ReadAsync(connection, cancellationToken),
        Relations = (long)(await connection.ScalarAsync(CatalogueQueries.Relations, cancellationToken))!,
    };
}
