using Belay.Sql;

namespace Belay.Verification;

/// <summary>Gathers headers, expectations and statements of one file into checks, and every fault on the way.</summary>
/// <param name="text">Its text with LF line ends.</param>
internal sealed class CheckFileParser(string path, string text)
{
    private const string Header = "check:";
    private const string Expect = "expect:";
    private const string Report = "report";

    /// <summary>What may stand behind <see cref="Expect"/> in place of rows.</summary>
    private static readonly Dictionary<string, CheckKind> Kinds = new(StringComparer.Ordinal) { ["no rows"] = new ExpectedRows([]) };

    private readonly List<Check> checks = [];
    private readonly List<string> faults = [];
    private CheckDraft? draft;
    private bool expectsRows;
    private bool outsideReported;

    /// <summary>Every fault found, as <c>file:line: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Reads the whole text.</summary>
    public IReadOnlyList<Check> Parse()
    {
        var line = 1;
        for (var index = 0; index < text.Length;)
        {
            var token = SqlScanner.Scan(text, index);
            Take(token, line);
            line += token.In(text).Count('\n');
            index = token.End;
        }

        Finish();
        if (checks.Count == 0 && faults.Count == 0)
        {
            Fault(1, "no checks; a check begins with '-- check: title'");
        }

        return checks;
    }

    private void Take(SqlToken token, int line)
    {
        Demand(token.Complete, line, token.Unfinished ?? "");
        switch (token.Kind)
        {
            case SqlTokenKind.Whitespace:
                expectsRows &= token.In(text).Count('\n') < 2;
                break;
            case SqlTokenKind.Comment:
                if (CanBeHeader(token))
                {
                    TakeComment(line, text[(token.Start + 2)..token.End].Trim());
                }

                break;
            case SqlTokenKind.Symbol when text[token.Start] == ';':
                draft?.EndStatement();
                break;
            default:
                TakeToken(token, line);
                break;
        }
    }

    /// <summary>Whether it is a <c>--</c> comment with nothing but blanks before it on its line.</summary>
    private bool CanBeHeader(SqlToken comment)
    {
        var before = text.AsSpan(0, comment.Start);
        return text[comment.Start] == '-' && before[(before.LastIndexOf('\n') + 1)..].IsWhiteSpace();
    }

    private void TakeComment(int line, string words)
    {
        if (words.StartsWith(Header, StringComparison.Ordinal))
        {
            Finish();
            draft = new CheckDraft(words[Header.Length..].Trim(), line);
            Demand(draft.Title.Length > 0, line, "a check needs a title: '-- check: title'");
        }
        else if (draft is null || draft.HasStatement)
        {
            return;
        }
        else if (words.StartsWith(Expect, StringComparison.Ordinal))
        {
            TakeExpectation(line, words[Expect.Length..].Trim());
        }
        else if (words == Report)
        {
            Demand(draft.Kind is null, line, $"check '{draft.Title}' says twice what it expects");
            draft.Kind = new ReportedRows();
        }
        else if (expectsRows && words.Length > 0)
        {
            draft.Rows.Add(CellText.Split(words));
        }
        else
        {
            expectsRows = false;
        }
    }

    private void TakeExpectation(int line, string words)
    {
        Demand(draft!.Kind is null, line, $"check '{draft.Title}' says twice what it expects");
        Demand(
            words.Length == 0 || Kinds.ContainsKey(words),
            line,
            $"'-- expect: {words}' is not understood; write {string.Join(", ", Kinds.Keys.Select(known => $"'-- expect: {known}'"))}, or "
                + "'-- expect:' and one comment line per row");
        draft.Kind = Kinds.GetValueOrDefault(words) ?? new ExpectedRows(draft.Rows);
        draft.ExpectLine = words.Length == 0 ? line : null;
        expectsRows = words.Length == 0;
    }

    private void TakeToken(SqlToken token, int line)
    {
        expectsRows = false;
        if (draft is null)
        {
            Demand(outsideReported, line, "a statement stands outside a check; put '-- check: title' before it");
            outsideReported = true;
            return;
        }

        if (draft.HasEnded && !draft.HasSecondStatement)
        {
            Fault(line, $"check '{draft.Title}' has more than one statement; put '-- check: title' before the second");
        }

        if (token.Kind == SqlTokenKind.MetaCommand && draft.HasStatement && !draft.HasEnded)
        {
            Fault(
                line, $"check '{draft.Title}' has the psql command {token.In(text).Trim()}, and a check is one query that the server runs");
        }

        draft.TakeToken(token, line);
    }

    private void Finish()
    {
        expectsRows = false;
        if (draft is null)
        {
            return;
        }

        var title = draft.Title;
        Demand(
            draft.Kind is not null,
            draft.Line,
            $"check '{title}' expects nothing; add '-- expect:' with its rows, '-- expect: no rows' or '-- report'");
        Demand(
            draft.ExpectLine is null || draft.Rows.Count > 0,
            draft.ExpectLine ?? 0,
            $"check '{title}' lists no rows after '-- expect:'; write '-- expect: no rows' when it must return none");
        Demand(draft.HasStatement, draft.Line, $"check '{title}' has no statement");
        if (draft.HasStatement)
        {
            var word = draft.FirstToken.In(text).ToString();
            Demand(
                CheckDraft.IsQuery(word),
                draft.SqlLine,
                $"check '{title}' is not a query: it begins with '{word}'; use SELECT, WITH, VALUES, TABLE or SHOW");
            checks.Add(draft.ToCheck(path, text));
        }

        draft = null;
    }

    private void Demand(bool condition, int line, string fault)
    {
        if (!condition)
        {
            Fault(line, fault);
        }
    }

    private void Fault(int line, string fault) => faults.Add($"{path}:{line}: {fault}");
}
