using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Notes what each statement of the migrations does to the database: it is asked, no SQL is interpreted.</summary>
internal sealed class StatementObserver(DatabaseConnector connector, TimeProvider timeProvider) : IStatementObserver
{
    private readonly List<(ObservedStatement Statement, long Began, List<(uint Relation, string Mode)> Locks)> open = [];
    private readonly HashSet<(uint Relation, string Mode)> held = [];
    private Dictionary<uint, CopiedRelation> relations = [];
    private Dictionary<uint, long> scanned = [];
    private bool tellsWal;
    private Migration? migration;

    /// <summary>Whether all files run in one transaction, as in a dry run: a table that an earlier file has locked is locked until the end,
    /// and is not listed again. The default is no.</summary>
    public bool KeepsLocks { get; init; }

    /// <summary>What was seen, in the order in which the statements ran.</summary>
    public List<ObservedStatement> Statements { get; } = [];

    public async Task BeginAsync(Migration migration, CancellationToken cancellationToken)
    {
        this.migration = migration;
        Forget();
        if (KeepsLocks && relations.Count > 0)
        {
            // From here on the transaction may hold locks that this look would wait for.
            return;
        }

        await using var connection = await connector.OpenAsync("statements", cancellationToken);
        relations = await CopiedRelation.ReadAsync(connection, cancellationToken);
        tellsWal = await StatementTrace.TellsWalAsync(connection, cancellationToken);
    }

    public async Task AroundAsync(
        NpgsqlConnection connection, ScriptStatement statement, Func<Task> run, CancellationToken cancellationToken)
    {
        // A query before SET TRANSACTION would make it come too late, and no SET touches a table.
        if (statement.Shape.Words is ["SET" or "RESET" or "SHOW", ..])
        {
            await run();
            return;
        }

        if (statement.Shape.RunsAloneOn(connection.PostgreSqlVersion.Major) && migration!.Directives.NoTransaction)
        {
            await SampleAsync(connection, statement, run, cancellationToken);
            return;
        }

        var wal = await WalAsync(connection, cancellationToken);
        var began = timeProvider.GetTimestamp();
        await run();
        var duration = timeProvider.GetElapsedTime(began);
        var locks = (await StatementTrace.LocksAsync(connection, connection.ProcessID, cancellationToken)).Where(held.Add).ToList();
        var seen = Describe(statement, duration) with
        {
            Wal = await WalAsync(connection, cancellationToken) - wal,
            Rewrites = await RewritesAsync(connection, statement, cancellationToken),
            RowsScanned = await ScannedAsync(connection, cancellationToken),
        };
        open.Add((seen, began, locks));
        if (migration!.Directives.NoTransaction)
        {
            Close();
        }
    }

    public Task EndAsync(CancellationToken cancellationToken)
    {
        Close();
        return Task.CompletedTask;
    }

    private async Task SampleAsync(
        NpgsqlConnection connection, ScriptStatement statement, Func<Task> run, CancellationToken cancellationToken)
    {
        var wal = await WalAsync(connection, cancellationToken);
        var began = timeProvider.GetTimestamp();
        var locks = await new LockSampler(connector, connection.ProcessID, timeProvider).WhileAsync(run, cancellationToken);
        Statements.Add(Describe(statement, timeProvider.GetElapsedTime(began)) with
        {
            Wal = await WalAsync(connection, cancellationToken) - wal,
            Locks = Strongest(locks.Select(one => (one.Key.Relation, one.Key.Mode, one.Value))),
            Rewrites = await RewritesAsync(connection, statement, cancellationToken),
        });
    }

    /// <summary>The transaction has ended, and its locks with it.</summary>
    private void Close()
    {
        foreach (var (statement, began, locks) in open)
        {
            var time = timeProvider.GetElapsedTime(began);
            Statements.Add(statement with { Locks = Strongest(locks.Select(one => (one.Relation, one.Mode, time))) });
        }

        open.Clear();
        if (!KeepsLocks)
        {
            held.Clear();
            scanned = [];
        }
    }

    /// <summary>A file that begins again is tried again: the transaction of before was rolled back.</summary>
    private void Forget()
    {
        if (Statements.RemoveAll(statement => statement.File == migration!.FileName) + open.Count > 0)
        {
            held.Clear();
            scanned = [];
        }

        open.Clear();
    }

    private async Task<long> WalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => tellsWal ? await StatementTrace.WalAsync(connection, cancellationToken) : 0;

    private ObservedStatement Describe(ScriptStatement statement, TimeSpan duration) => new()
    {
        File = migration!.FileName,
        Line = statement.Position.Line,
        Title = statement.Shape.Title,
        Duration = duration,
    };

    private List<ObservedLock> Strongest(IEnumerable<(uint Relation, string Mode, TimeSpan Held)> locks)
        =>
        [
            .. locks.Where(one => relations.ContainsKey(one.Relation))
                .Select(one => new ObservedLock(relations[one.Relation].Name, one.Mode, one.Held))
                .Where(one => one.Blocks)
                .GroupBy(one => one.Relation)
                .Select(group => group.MaxBy(one => one.Strength)!)
                .OrderBy(one => one.Relation, StringComparer.Ordinal),
        ];

    /// <summary>TRUNCATE gives a table another file too, and writes no row of the old one.</summary>
    private async Task<IReadOnlyList<(string Relation, long Bytes)>> RewritesAsync(
        NpgsqlConnection connection, ScriptStatement statement, CancellationToken cancellationToken)
    {
        var rewrites = new List<(string Relation, long Bytes)>();
        foreach (var (oid, fileNode) in await StatementTrace.FileNodesAsync(connection, cancellationToken))
        {
            if (relations.TryGetValue(oid, out var relation) && relation.FileNode != fileNode)
            {
                relations[oid] = relation with { FileNode = fileNode };
                if (relation.Bytes > 0 && statement.Shape.Words is not ["TRUNCATE", ..])
                {
                    rewrites.Add((relation.Name, relation.Bytes));
                }
            }
        }

        return rewrites;
    }

    private async Task<long> ScannedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = (await StatementTrace.ScansAsync(connection, cancellationToken)).ToDictionary(one => one.Relation, one => one.Rows);
        var rows = now.Where(one => relations.ContainsKey(one.Key)).Sum(one => one.Value - scanned.GetValueOrDefault(one.Key));
        scanned = now;
        return rows;
    }
}
