using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Notes what each statement of the migrations does to the database: it is asked, no SQL is interpreted.</summary>
internal sealed class StatementObserver(DatabaseConnector connector, TimeProvider timeProvider) : IStatementObserver
{
    private readonly List<(ObservedStatement Statement, long Began, List<(uint Relation, string Mode)> Locks)> open = [];
    private readonly HashSet<(uint Relation, string Mode)> held = [];
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);
    private readonly EffectTrace trace = new();
    private Dictionary<uint, CopiedRelation> relations = [];
    private bool tellsWal;
    private Migration? migration;

    /// <summary>Whether all files run in one transaction, as in a dry run: a table that an earlier file has locked is locked until the end,
    /// and is not listed again. The default is no.</summary>
    public bool KeepsLocks { get; init; }

    /// <summary>Whether the log is measured, which tells something where nobody else writes much. The default is yes.</summary>
    public bool MeasuresLog { get; init; } = true;

    /// <summary>Whether the size of the database is measured around each statement, which tells something where nobody else writes. The
    /// default is no.</summary>
    public bool MeasuresDisk { get; init; }

    /// <summary>The names that a table or view lost and another one has got since.</summary>
    public IReadOnlySet<string> Refilled => trace.Refilled;

    /// <summary>Whether the server counts the rows that a session reads, inserts, updates and deletes; otherwise nothing was seen of
    /// them.</summary>
    public bool CountsRows { get; private set; } = true;

    /// <summary>What was seen, in the order in which the statements ran.</summary>
    public List<ObservedStatement> Statements { get; } = [];

    public async Task BeginAsync(Migration migration, CancellationToken cancellationToken)
    {
        this.migration = migration;
        var isAgain = !begun.Add(migration.FileName);
        if (isAgain)
        {
            Forget();
        }

        if (KeepsLocks && relations.Count > 0 && !isAgain)
        {
            // From here on the transaction may hold locks that this look would wait for.
            trace.BeginFile();
            return;
        }

        await using var connection = await connector.OpenAsync("statements", cancellationToken);
        relations = await CopiedRelation.ReadAsync(connection, cancellationToken);
        await trace.BeginAsync(connection, cancellationToken);
        tellsWal = MeasuresLog && await StatementTrace.TellsWalAsync(connection, cancellationToken);
        CountsRows = await StatementTrace.CountsRowsAsync(connection, cancellationToken);
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

        await trace.PrepareAsync(connection, cancellationToken);
        var wal = await WalAsync(connection, cancellationToken);
        var disk = await DiskAsync(connection, cancellationToken);
        var began = timeProvider.GetTimestamp();
        using var notices = new CascadeNotices(connection);
        await run();
        var duration = timeProvider.GetElapsedTime(began);
        var all = await StatementTrace.LocksAsync(connection, cancellationToken);
        var locks = all.Where(held.Add).ToList();
        var written = await WalAsync(connection, cancellationToken) - wal;
        var grown = await DiskAsync(connection, cancellationToken) - disk;
        var (rewritten, emptied) = await RewrittenAsync(connection, !KeepsLocks || EffectTrace.MayChange(all), cancellationToken);
        var activity = await trace.ActivityAsync(connection, cancellationToken);
        var effects = new TableEffects(relations, activity, await trace.ChangesAsync(connection, all, cancellationToken))
        {
            Locks = locks,
            Rewritten = rewritten,
            Emptied = emptied,
        };
        var seen = Describe(statement, duration) with
        {
            Wal = written,
            Disk = grown,
            Rewrites = Rewrites(rewritten),
            RowsScanned = activity.Where(one => relations.ContainsKey(one.Key)).Sum(one => one.Value.Read),
            Effects = effects.List,
            Cascaded = notices.Lines.Count > 0 ? notices.Lines : await UntoldAsync(connection, statement, cancellationToken),
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
        var processId = await StatementTrace.ProcessIdAsync(connection, cancellationToken);
        var wal = await WalAsync(connection, cancellationToken);
        var disk = await DiskAsync(connection, cancellationToken);
        var began = timeProvider.GetTimestamp();
        var locks = await new LockSampler(connector, processId, timeProvider).WhileAsync(run, cancellationToken);
        var duration = timeProvider.GetElapsedTime(began);
        var (rewritten, emptied) = await RewrittenAsync(connection, mayHave: true, cancellationToken);
        var changes = await trace.AllChangesAsync(connection, cancellationToken);
        Statements.Add(Describe(statement, duration) with
        {
            Wal = await WalAsync(connection, cancellationToken) - wal,
            Disk = await DiskAsync(connection, cancellationToken) - disk,
            Locks = Strongest(locks.Select(one => (one.Key.Relation, one.Key.Mode, one.Value))),
            Rewrites = Rewrites(rewritten),
            Effects = new TableEffects(relations, new Dictionary<uint, TableActivity>(), changes)
            {
                Locks = [],
                Rewritten = rewritten,
                Emptied = emptied,
            }.List,
        });
    }

    /// <summary>A session that wants no notices is not told what goes along.</summary>
    private static async Task<IReadOnlyList<string>> UntoldAsync(
        NpgsqlConnection connection, ScriptStatement statement, CancellationToken cancellationToken)
        => statement.Shape.Words is ["DROP" or "ALTER", ..]
            && statement.Shape.Words.Contains("DROP")
            && statement.Shape.Words.Contains("CASCADE")
            && await connection.ScalarAsync("SELECT pg_catalog.current_setting('client_min_messages')", cancellationToken)
                is "warning" or "error"
            ? ["the server does not tell what goes along, since client_min_messages is above notice"]
            : [];

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
            trace.EndTransaction();
        }
    }

    /// <summary>A file that begins again is tried again: the transaction of before was rolled back, which in a dry run is that of all
    /// files.</summary>
    private void Forget()
    {
        Statements.RemoveAll(statement => KeepsLocks || statement.File == migration!.FileName);
        begun.RemoveWhere(file => KeepsLocks && file != migration!.FileName);
        held.Clear();
        open.Clear();
    }

    private async Task<long> WalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => tellsWal ? await StatementTrace.WalAsync(connection, cancellationToken) : 0;

    private async Task<long> DiskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => MeasuresDisk ? await StatementTrace.DiskAsync(connection, cancellationToken) : 0;

    private ObservedStatement Describe(ScriptStatement statement, TimeSpan duration) => new()
    {
        File = migration!.FileName,
        Line = statement.Position.Line,
        Title = statement.Shape.Title,
        Shape = statement.Shape,
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

    private List<(string Relation, long Bytes)> Rewrites(IEnumerable<uint> rewritten)
        => [.. rewritten.Select(oid => (relations[oid].Name, relations[oid].Bytes))];

    /// <summary>The tables with rows that have got another file since the last look. TRUNCATE gives them one too, and writes no row of the
    /// old one.</summary>
    /// <param name="mayHave">False where no lock lets the transaction do so; then nobody looks.</param>
    private async Task<(IReadOnlyList<uint> Rewritten, IReadOnlySet<uint> Emptied)> RewrittenAsync(
        NpgsqlConnection connection, bool mayHave, CancellationToken cancellationToken)
    {
        if (!mayHave)
        {
            return ([], new HashSet<uint>());
        }

        var changed = new List<uint>();
        foreach (var (oid, fileNode) in await StatementTrace.FileNodesAsync(connection, cancellationToken))
        {
            if (relations.TryGetValue(oid, out var relation) && relation.FileNode != fileNode)
            {
                relations[oid] = relation with { FileNode = fileNode };
                changed.AddRange(relation.Bytes > 0 ? [oid] : Array.Empty<uint>());
            }
        }

        var emptied = changed.Count == 0 ? [] : await StatementTrace.EmptyAsync(connection, changed, cancellationToken);
        return ([.. changed.Where(oid => !emptied.Contains(oid))], emptied);
    }
}
