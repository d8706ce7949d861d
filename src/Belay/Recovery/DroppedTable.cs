using Belay.Sql;

namespace Belay.Recovery;

/// <summary>Tables whose rows a rollback script takes away, as the script names them.</summary>
/// <param name="Statement">The statement's first words: <c>DROP TABLE</c>, <c>TRUNCATE</c> or <c>DROP SCHEMA</c>.</param>
/// <param name="Names">The names, with quotes and schema where the script has them.</param>
internal sealed record DroppedTable(string Statement, IReadOnlyList<string> Names)
{
    private static readonly string[] Particles = ["TABLE", "ONLY", "IF", "EXISTS", "FOREIGN"];

    /// <summary>Whether the names are schemas.</summary>
    public bool AreSchemas => Statement == "DROP SCHEMA";

    /// <summary>What a statement names; null when it is another one.</summary>
    public static DroppedTable? Of(ScriptStatement statement) => statement.Shape.Words switch
    {
        ["DROP", "TABLE", ..] or ["DROP", "FOREIGN", "TABLE", ..] => new("DROP TABLE", NamesIn(statement.Sql, 2)),
        ["TRUNCATE", ..] => new("TRUNCATE", NamesIn(statement.Sql, 1)),
        ["DROP", "SCHEMA", ..] => new("DROP SCHEMA", NamesIn(statement.Sql, 2)),
        _ => null,
    };

    private static List<string> NamesIn(string sql, int start)
    {
        var reader = TokenReader.Of(sql);
        for (var passed = 0; passed < start; passed++)
        {
            reader.Skip();
        }

        var names = new List<string>();
        do
        {
            reader.SkipAll(Particles);
            if (reader.TakeWritten() is not { } name)
            {
                break;
            }

            names.Add(name);
            reader.TakeSymbol('*');
        }
        while (reader.TakeSymbol(','));

        return names;
    }
}
