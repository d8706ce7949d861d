using Belay.Sql;

namespace Belay.Preflight;

/// <summary>The tables that a script changes and makes, by its words alone: in its statements and in the code of DO blocks.</summary>
/// <remarks>
/// Words are not all: after a change of the search path or the role, dynamic SQL, functions, queries that write, extensions and event
/// triggers, each later name is a guess, and says so.
/// </remarks>
internal sealed class ScriptTables
{
    private static readonly string[] KindsOfTable =
    [
        "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN", "OR", "REPLACE", "MATERIALIZED", "RECURSIVE",
    ];

    private static readonly string[] KindsOfRelation = ["VIEW", "INDEX", "SEQUENCE"];

    private static readonly string[] KindsInSchema = ["TABLE", "VIEW", "SEQUENCE", "TYPE", "DOMAIN", "FUNCTION", "PROCEDURE", "AGGREGATE"];

    private readonly bool definitionsRunCode;
    private readonly List<TableReference> altered = [];
    private readonly List<TableReference> placed = [];
    private readonly HashSet<string> created = new(StringComparer.Ordinal);
    private ScriptDoubt? lasting;
    private ScriptDoubt? passing;

    private ScriptTables(bool definitionsRunCode) => this.definitionsRunCode = definitionsRunCode;

    /// <summary>The tables that are altered or indexed and must exist.</summary>
    public IReadOnlyList<TableReference> Altered => altered;

    /// <summary>What is made in a schema: tables, views, functions, types; what is temporary is left out.</summary>
    public IReadOnlyList<TableReference> Placed => placed;

    /// <summary>The names, without schemas, that the script gives to new, moved or renamed relations.</summary>
    public IReadOnlySet<string> Created => created;

    /// <summary>Whether it makes a schema.</summary>
    public bool MakesSchema { get; private set; }

    /// <summary>The first statement after which later files are in doubt too; null when there is none.</summary>
    public ScriptDoubt? LastingDoubt => lasting;

    /// <summary>Reads a script.</summary>
    /// <param name="definitionsRunCode">Whether event triggers run code of their own at every definition.</param>
    public static ScriptTables Read(string text, bool definitionsRunCode = false)
    {
        var tables = new ScriptTables(definitionsRunCode);
        foreach (var part in SqlLexer.Split(text).Where(part => part.Kind == ScriptPartKind.Statement))
        {
            var tokens = SqlScanner.Significant(part.Body).ToList();
            if (tokens.Count > 0)
            {
                tables.ReadStatement(part, tokens);
            }
        }

        return tables;
    }

    private void ReadStatement(ScriptPart part, List<SqlToken> tokens)
    {
        if (tokens[0].Is(part.Body, "DO"))
        {
            ReadBlock(part, tokens);
            return;
        }

        ReadNames(new TokenReader(part.Body, tokens, part.Position.Line), guarded: false);
        Doubt(StatementDoubt.Of(part.Body, tokens, part.Position.Line));
        if (definitionsRunCode
            && (tokens[0].Is(part.Body, "CREATE") || tokens[0].Is(part.Body, "ALTER") || tokens[0].Is(part.Body, "DROP")))
        {
            Doubt(new ScriptDoubt("an event trigger", part.Position.Line, Lasts: true));
        }
    }

    private void Doubt(ScriptDoubt? doubt)
    {
        lasting ??= doubt is { Lasts: true } ? doubt : null;
        passing ??= doubt is { Lasts: false } ? doubt : null;
    }

    private void ReadBlock(ScriptPart part, List<SqlToken> tokens)
    {
        var body = tokens.FirstOrDefault(token => token.Kind == SqlTokenKind.Text);
        var language = tokens.FindIndex(token => token.Is(part.Body, "LANGUAGE"));
        if (body.End == 0
            || part.Body[body.Start] != '$'
            || (language >= 0 && language + 1 < tokens.Count && !tokens[language + 1].Is(part.Body, "PLPGSQL")))
        {
            Doubt(new ScriptDoubt("DO", part.Position.Line, Lasts: true));
            return;
        }

        var literal = body.In(part.Body).ToString();
        var tag = literal.IndexOf('$', 1) + 1;
        if (literal.Length < 2 * tag)
        {
            return;
        }

        ReadCode(literal[tag..^tag], part.Position.Line + part.Body.AsSpan(0, body.Start).Count('\n'));
    }

    private void ReadCode(string code, int line)
    {
        var block = new BlockReader(code);
        foreach (var (tokens, isSure) in block.Statements())
        {
            var known = altered.Count;
            ReadNames(new TokenReader(code, tokens, line), guarded: !isSure);
            for (var index = known; index < altered.Count; index++)
            {
                altered[index] = altered[index] with
                {
                    Guarded = altered[index].Guarded || (block.HasBranches && !block.Mentions(altered[index].Name)),
                };
            }

            if (tokens.Count > 0 && BlockDoubt(code, tokens) is { } title)
            {
                Doubt(new ScriptDoubt(title, line + code.AsSpan(0, tokens[0].Start).Count('\n'), Lasts: true));
            }
        }
    }

    /// <summary>What a statement of a block leaves open; its assignments, messages and look-ups in the catalogue make nothing.</summary>
    private static string? BlockDoubt(string code, IReadOnlyList<SqlToken> tokens) => StatementDoubt.Call(code, tokens) switch
    {
        _
            when tokens[0].Is(code, "ALTER")
                || tokens[0].Is(code, "CREATE")
                || tokens[0].Is(code, "DROP")
                || tokens[0].Is(code, "RAISE") => null,
        _ when tokens.Any(token => token.Is(code, "EXECUTE")) => "DO with EXECUTE",
        _ when tokens[0].Is(code, "PERFORM") || tokens[0].Is(code, "CALL") || tokens[0].Is(code, "SET") || tokens[0].Is(code, "INSERT")
            || tokens[0].Is(code, "UPDATE")
            || tokens[0].Is(code, "DELETE") => $"DO with {tokens[0].In(code).ToString().ToUpperInvariant()}",
        { } call => $"DO with {call}()",
        null => null,
    };

    private void ReadNames(TokenReader reader, bool guarded)
    {
        for (; !reader.AtEnd; reader.Skip())
        {
            var mark = reader.Mark();
            if (reader.Take("ALTER", "TABLE"))
            {
                ReadAlter(reader, guarded);
            }
            else if (reader.Take("ALTER"))
            {
                ReadAlterOther(reader);
            }
            else if (reader.Take("CREATE"))
            {
                ReadCreate(reader, guarded);
            }
            else if (mark == 0 && reader.Take("SELECT"))
            {
                ReadInto(reader);
            }

            reader.Return(mark);
        }
    }

    private void ReadAlter(TokenReader reader, bool guarded)
    {
        if (reader.Take("ALL", "IN", "TABLESPACE"))
        {
            return;
        }

        var optional = reader.Take("IF", "EXISTS");
        reader.Take("ONLY");
        var line = reader.Line;
        if (reader.TakeName() is not { } name)
        {
            return;
        }

        ReadNewName(reader, name.Name);
        if (!optional)
        {
            Add(altered, name, line, guarded);
        }
    }

    private void ReadAlterOther(TokenReader reader)
    {
        reader.TakeAny(["MATERIALIZED", "FOREIGN"]);
        if (reader.TakeAny(KindsOfRelation) || reader.Take("TABLE"))
        {
            reader.Take("IF", "EXISTS");
            if (reader.TakeName() is { } name)
            {
                ReadNewName(reader, name.Name);
            }
        }
    }

    private void ReadNewName(TokenReader reader, string name)
    {
        if (reader.Take("RENAME", "TO") && reader.TakeName() is { } renamed)
        {
            created.Add(renamed.Name);
        }
        else if (reader.Take("SET", "SCHEMA"))
        {
            created.Add(name);
        }
    }

    private void ReadCreate(TokenReader reader, bool guarded)
    {
        var isTemporary = false;
        while (reader.PeekAny(["TEMP", "TEMPORARY"]) is var temporary && reader.TakeAny(KindsOfTable))
        {
            isTemporary |= temporary;
        }

        MakesSchema |= reader.Take("SCHEMA");
        if (reader.TakeAny(KindsInSchema))
        {
            reader.Take("IF", "NOT", "EXISTS");
            var line = reader.Line;
            if (reader.TakeName() is { } name)
            {
                created.Add(name.Name);
                Add(isTemporary ? [] : placed, name, line, guarded);
            }

            return;
        }

        reader.Take("UNIQUE");
        if (reader.Take("INDEX"))
        {
            ReadIndex(reader, guarded);
        }
    }

    private void ReadIndex(TokenReader reader, bool guarded)
    {
        reader.Take("CONCURRENTLY");
        reader.Take("IF", "NOT", "EXISTS");
        if (!reader.Take("ON"))
        {
            _ = reader.TakeName();
            if (!reader.Take("ON"))
            {
                return;
            }
        }

        reader.Take("ONLY");
        var line = reader.Line;
        if (reader.TakeName() is { } table)
        {
            Add(altered, table, line, guarded);
        }
    }

    private void ReadInto(TokenReader reader)
    {
        for (; !reader.AtEnd; reader.Skip())
        {
            if (reader.Take("INTO"))
            {
                while (reader.TakeAny(KindsOfTable) || reader.Take("TABLE"))
                {
                }

                if (reader.TakeName() is { } name)
                {
                    created.Add(name.Name);
                }
            }
        }
    }

    private void Add(List<TableReference> to, (string? Schema, string Name) name, int line, bool guarded)
        => to.Add(new TableReference(name.Schema, name.Name, line, guarded) { Doubt = lasting ?? passing });
}
