using Belay.Sql;

namespace Belay.Preflight;

/// <summary>What the pending migrations change and make, one file after the other: a name that an
/// earlier one makes is no question to the database.</summary>
internal sealed class PendingScripts
{
    private readonly List<(Migration Migration, TableReference Table)> altered = [];
    private readonly List<(Migration Migration, TableReference Table)> placed = [];

    /// <param name="pending">The migrations to run, in order.</param>
    /// <param name="definitionsRunCode">Whether event triggers run code of their own at every definition.</param>
    public PendingScripts(IReadOnlyList<Migration> pending, bool definitionsRunCode)
    {
        var created = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ScriptDoubt? doubt = null;
        foreach (var migration in pending)
        {
            var script = ScriptTables.Read(migration.Text, definitionsRunCode);
            var earlier = doubt;
            created.UnionWith(script.Created);
            altered.AddRange(script.Altered.Where(table => !created.Contains(table.Name) && seen.Add(table.DisplayName))
                .Select(table => (migration, table with { Doubt = earlier ?? table.Doubt })));
            placed.AddRange(script.Placed.Select(table => (migration, table with { Doubt = earlier ?? table.Doubt })));
            MakesSchema |= script.MakesSchema;
            doubt ??= script.LastingDoubt is { } lasting ? lasting with { File = migration.FileName } : null;
        }
    }

    /// <summary>The tables that must exist, each once.</summary>
    public IReadOnlyList<(Migration Migration, TableReference Table)> Altered => altered;

    /// <summary>What is put into a schema.</summary>
    public IReadOnlyList<(Migration Migration, TableReference Table)> Placed => placed;

    /// <summary>Whether a schema is made.</summary>
    public bool MakesSchema { get; }
}
