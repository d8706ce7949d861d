using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Asks the session of a statement what it did to the tables that were there before.</summary>
internal sealed class EffectTrace
{
    /// <summary>From this mode on a lock lets a transaction change a table's definition.</summary>
    private static readonly int Changing = LockMode.StrengthOf("ShareUpdateExclusiveLock");

    private readonly HashSet<string> vacated = new(StringComparer.Ordinal);
    private Dictionary<uint, TableDefinition> original = [];
    private Dictionary<uint, TableDefinition> first = [];
    private Dictionary<uint, TableDefinition> definitions = [];
    private Dictionary<uint, TableActivity>? activity;

    /// <summary>The names that a table or view lost and another one has got since.</summary>
    public HashSet<string> Refilled { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a transaction with these locks may have changed a table's definition or file.</summary>
    public static bool MayChange(IEnumerable<(uint Relation, string Mode)> locks)
        => locks.Any(one => LockMode.StrengthOf(one.Mode) >= Changing);

    /// <summary>A migration begins on this database.</summary>
    public async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        definitions = await TableDefinition.ReadAsync(connection, null, cancellationToken);
        original = new(definitions);
        BeginFile();
        EndTransaction();
    }

    /// <summary>The next migration of the same transaction begins.</summary>
    public void BeginFile() => first = new(definitions);

    /// <summary>The server counts anew in the next transaction, or goes on where it was.</summary>
    public void EndTransaction() => activity = null;

    /// <summary>Looks before the first statement of a transaction: its counters may still have something of before.</summary>
    public async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => activity ??= await StatementTrace.ActivityAsync(connection, cancellationToken);

    /// <summary>What was done to each table since the last look.</summary>
    public async Task<Dictionary<uint, TableActivity>> ActivityAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var now = await StatementTrace.ActivityAsync(connection, cancellationToken);
        var done = now.ToDictionary(one => one.Key, one => one.Value.Since(activity!.GetValueOrDefault(one.Key)));
        activity = now;
        return done;
    }

    /// <summary>What changed in the definitions of tables since the last look.</summary>
    /// <param name="locks">The locks of the session: what it has not locked it has not changed.</param>
    public Task<Dictionary<uint, TableChange>> ChangesAsync(
        NpgsqlConnection connection, IEnumerable<(uint Relation, string Mode)> locks, CancellationToken cancellationToken)
        => ChangesAsync(
            connection,
            [.. locks.Where(one => LockMode.StrengthOf(one.Mode) >= Changing).Select(one => one.Relation).Distinct()],
            cancellationToken);

    /// <summary>What changed in the definitions of all tables since the last look, for a statement whose locks are gone.</summary>
    public Task<Dictionary<uint, TableChange>> AllChangesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => ChangesAsync(connection, [.. definitions.Keys], cancellationToken);

    private async Task<Dictionary<uint, TableChange>> ChangesAsync(
        NpgsqlConnection connection, IReadOnlyList<uint> locked, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<uint, TableChange>();
        uint[] known = [.. locked.Where(definitions.ContainsKey)];
        if (known.Length > 0)
        {
            var now = await TableDefinition.ReadAsync(connection, known, cancellationToken);
            foreach (var table in known)
            {
                changes[table] = Take(table, now.GetValueOrDefault(table));
            }
        }

        await RefillAsync(connection, cancellationToken);
        return changes;
    }

    private TableChange Take(uint table, TableDefinition? now)
    {
        var before = definitions[table];
        var change = new TableComparison(first.GetValueOrDefault(table) ?? before, original.GetValueOrDefault(table)).Between(before, now);
        if (now is null)
        {
            definitions.Remove(table);
        }
        else
        {
            definitions[table] = now;
        }

        if (change.NewName is not null)
        {
            vacated.Add(before.Name);
        }

        return change;
    }

    private async Task RefillAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (vacated.Count > 0)
        {
            Refilled.Clear();
            Refilled.UnionWith(await StatementTrace.ExistingAsync(connection, [.. vacated], cancellationToken));
        }
    }
}
