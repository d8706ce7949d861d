using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Preflight;

/// <summary>The tables that a script changes and makes, by its words alone: in its statements and in the code of DO blocks.</summary>
/// <remarks>Cheap and incomplete on purpose: dynamic SQL, rules and triggers show only when the script runs.</remarks>
internal sealed partial class ScriptTables
{
    private static readonly string[] KindsOfTable = ["GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN", "OR", "REPLACE", "MATERIALIZED", "RECURSIVE"];

    private readonly List<TableReference> altered = [];
    private readonly HashSet<string> created = new(StringComparer.Ordinal);

    private ScriptTables()
    {
    }

    /// <summary>The tables that are altered or indexed and must exist.</summary>
    public IReadOnlyList<TableReference> Altered => altered;

    /// <summary>The names, without schemas, that the script gives to new or renamed relations.</summary>
    public IReadOnlySet<string> Created => created;

    /// <summary>Reads a script.</summary>
    /// <param name="text">The script.</param>
    public static ScriptTables Read(string text)
    {
        var tables = new ScriptTables();
        foreach (var part in SqlLexer.Split(text).Where(part => part.Kind == ScriptPartKind.Statement))
        {
            var tokens = SqlScanner.Significant(part.Body).ToList();
            if (tokens.Count > 0 && tokens[0].Is(part.Body, "DO"))
            {
                tables.ReadBlocks(part, tokens);
            }
            else
            {
                tables.ReadStatements(new TokenReader(part.Body, tokens, part.Position.Line), guarded: false);
            }
        }

        return tables;
    }

    private void ReadBlocks(ScriptPart part, IReadOnlyList<SqlToken> tokens)
    {
        foreach (var token in tokens.Where(token => token.Kind == SqlTokenKind.Text && part.Body[token.Start] == '$'))
        {
            var literal = token.In(part.Body).ToString();
            var tag = literal.IndexOf('$', 1) + 1;
            var code = literal[tag..^tag];
            var line = part.Position.Line + part.Body.AsSpan(0, token.Start).Count('\n');
            ReadStatements(new TokenReader(code, [.. SqlScanner.Significant(code)], line), GuardPattern().IsMatch(code));
        }
    }

    private void ReadStatements(TokenReader reader, bool guarded)
    {
        for (; !reader.AtEnd; reader.Skip())
        {
            var mark = reader.Mark();
            if (reader.Take("ALTER", "TABLE"))
            {
                ReadAlter(reader, guarded);
            }
            else if (reader.Take("CREATE"))
            {
                ReadCreate(reader, guarded);
            }

            reader.Return(mark);
        }
    }

    private void ReadAlter(TokenReader reader, bool guarded)
    {
        var optional = reader.Take("IF", "EXISTS");
        reader.Take("ONLY");
        var line = reader.Line;
        if (reader.TakeName() is not { } name)
        {
            return;
        }

        if (reader.Take("RENAME", "TO") && reader.TakeName() is { } renamed)
        {
            created.Add(renamed.Name);
        }

        if (!optional)
        {
            altered.Add(new TableReference(name.Schema, name.Name, line, guarded));
        }
    }

    private void ReadCreate(TokenReader reader, bool guarded)
    {
        while (reader.TakeAny(KindsOfTable))
        {
        }

        if (reader.Take("TABLE") || reader.Take("VIEW"))
        {
            reader.Take("IF", "NOT", "EXISTS");
            if (reader.TakeName() is { } name)
            {
                created.Add(name.Name);
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
            altered.Add(new TableReference(table.Schema, table.Name, line, guarded));
        }
    }

    [GeneratedRegex(@"to_regclass|\bpg_class\b|\bpg_tables\b|information_schema\.tables|\bEXCEPTION\s+WHEN\b", RegexOptions.IgnoreCase)]
    private static partial Regex GuardPattern();
}
