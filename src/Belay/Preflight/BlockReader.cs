using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Preflight;

/// <summary>
/// Walks over the statements of a DO block and knows of each whether it is sure to run. A branch is, when it is taken because a column is
/// not there: then the table that the branch alters must be. Every other branch, loop and caught error may pass over what is in it.
/// </summary>
internal sealed partial class BlockReader(string code)
{
    private readonly SqlToken[] tokens = [.. SqlScanner.Significant(code)];
    private readonly Stack<(bool Then, bool Else)> branches = new();
    private bool mayHaveEnded = CatchesErrors().IsMatch(code);

    /// <summary>Each statement's tokens in order, with whether it may be passed over.</summary>
    public IEnumerable<(IReadOnlyList<SqlToken> Tokens, bool IsSure)> Statements()
    {
        for (var index = 0; index < tokens.Length;)
        {
            if (Control(ref index))
            {
                continue;
            }

            var start = index;
            while (index < tokens.Length && tokens[index].In(code) is not ";")
            {
                index++;
            }

            yield return (tokens[start..index], !mayHaveEnded && branches.All(branch => branch.Then));
            index++;
        }
    }

    /// <summary>Whether anything in it is decided by a condition.</summary>
    public bool HasBranches => tokens.Any(token => token.Is(code, "THEN"));

    /// <summary>Whether a name stands in one of the block's strings, so that what it looks up is about that table.</summary>
    public bool Mentions(string name)
    {
        var whole = new Regex($@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.IgnoreCase);
        return tokens.Any(token => token.Kind == SqlTokenKind.Text && whole.IsMatch(token.In(code)));
    }

    /// <summary>Takes a word that steers the block, with its condition.</summary>
    private bool Control(ref int index)
    {
        var start = index;
        if (Is(start, "IF"))
        {
            branches.Push(Condition(ref index));
        }
        else if (Is(start, "ELSIF") || Is(start, "ELSEIF"))
        {
            Condition(ref index);
            Replace((false, false));
        }
        else if (Is(start, "ELSE"))
        {
            index++;
            Replace(branches.TryPeek(out var branch) ? (branch.Else, false) : (false, false));
        }
        else if (Is(start, "FOR") || Is(start, "FOREACH") || Is(start, "WHILE") || Is(start, "LOOP") || Is(start, "CASE"))
        {
            Enter(ref index);
        }
        else if (Is(start, "END"))
        {
            Leave(ref index);
        }
        else if (start + 4 < tokens.Length && tokens[start].In(code) is "<" && tokens[start + 1].In(code) is "<")
        {
            index += "<<name>>".Length - "name".Length + 1;
        }
        else if (Is(start, "BEGIN") || Is(start, "DECLARE") || Is(start, "WHEN"))
        {
            index++;
        }
        else if (Is(start, "RETURN") || Is(start, "EXIT") || Is(start, "CONTINUE"))
        {
            mayHaveEnded = true;
            index++;
        }

        return index > start;
    }

    private void Enter(ref int index)
    {
        branches.Push((false, false));
        var end = Is(index, "CASE") ? "THEN" : "LOOP";
        while (index < tokens.Length && !Is(index, end))
        {
            index++;
        }

        index++;
    }

    private void Leave(ref int index)
    {
        index++;
        if (Is(index, "IF") || Is(index, "LOOP") || Is(index, "CASE"))
        {
            index++;
            branches.TryPop(out _);
        }
    }

    private void Replace((bool Then, bool Else) branch)
    {
        branches.TryPop(out _);
        branches.Push(branch);
    }

    /// <summary>Reads to THEN and says which branch is sure to be taken when the table is missing.</summary>
    private (bool Then, bool Else) Condition(ref int index)
    {
        var start = index + 1;
        while (index < tokens.Length && !Is(index, "THEN"))
        {
            index++;
        }

        var words = tokens[start..Math.Min(index, tokens.Length)];
        index++;
        var negated = words.Length > 0 && words[0].Is(code, "NOT");
        var looks = words.Length > 0 && ColumnLookUp().IsMatch(code[words[0].Start..words[^1].End]);
        return looks ? (negated, !negated) : (false, false);
    }

    private bool Is(int index, string word) => index < tokens.Length && tokens[index].Is(code, word);

    [GeneratedRegex(@"\bEXCEPTION\s+WHEN\b", RegexOptions.IgnoreCase)]
    private static partial Regex CatchesErrors();

    /// <summary>One look at the columns of one table, and nothing else.</summary>
    [GeneratedRegex(
        @"^(NOT\s+)?EXISTS\s*\(\s*SELECT\b[^()]*?\bFROM\s+(information_schema\s*\.\s*columns|(pg_catalog\s*\.\s*)?pg_attribute)\b(?![^()]*\b(FROM|JOIN|OR)\b)[^()]*\)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex ColumnLookUp();
}
