namespace Belay.Verification;

/// <summary>Gathers headers, expectations and statements of one file into checks, and every fault on the way.</summary>
/// <param name="path">The file's path.</param>
/// <param name="text">Its text with LF line ends.</param>
internal sealed class CheckFileParser(string path, string text)
{
    private const string Header = "check:";
    private const string Expect = "expect:";
    private const string Report = "report";

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
        foreach (var piece in CheckScanner.Scan(text))
        {
            Take(piece);
        }

        Finish();
        if (checks.Count == 0 && faults.Count == 0)
        {
            Fault(1, "no checks; a check begins with '-- check: title'");
        }

        return checks;
    }

    private void Take(CheckPiece piece)
    {
        switch (piece.Kind)
        {
            case CheckPieceKind.Comment when piece.Start == 0 || LineStart(piece):
                TakeComment(piece, text[(piece.Start + 2)..piece.End].Trim());
                break;
            case CheckPieceKind.Token:
                TakeToken(piece);
                break;
            case CheckPieceKind.Terminator:
                draft?.EndStatement();
                break;
            case CheckPieceKind.BlankLine:
                expectsRows = false;
                break;
        }
    }

    /// <summary>Whether nothing but blanks stands before the comment on its line: only then can it be a header.</summary>
    private bool LineStart(CheckPiece piece)
    {
        var lineStart = text.LastIndexOf('\n', piece.Start - 1) + 1;
        return text.AsSpan(lineStart, piece.Start - lineStart).IsWhiteSpace();
    }

    private void TakeComment(CheckPiece piece, string words)
    {
        if (words.StartsWith(Header, StringComparison.Ordinal))
        {
            Finish();
            draft = new CheckDraft(words[Header.Length..].Trim(), piece.Line);
            Demand(draft.Title.Length > 0, piece.Line, "a check needs a title: '-- check: title'");
        }
        else if (draft is null || draft.HasStatement)
        {
            return;
        }
        else if (words.StartsWith(Expect, StringComparison.Ordinal))
        {
            TakeExpectation(piece.Line, words[Expect.Length..].Trim());
        }
        else if (words == Report)
        {
            Demand(!draft.HasExpectation, piece.Line, $"check '{draft.Title}' says twice what it expects");
            draft.IsReport = true;
        }
        else if (expectsRows && words.Length > 0)
        {
            draft.Rows!.Add(CellText.Split(words));
        }
        else
        {
            expectsRows = false;
        }
    }

    private void TakeExpectation(int line, string words)
    {
        Demand(!draft!.HasExpectation, line, $"check '{draft.Title}' says twice what it expects");
        Demand(words is "" or "no rows", line, $"'-- expect: {words}' is not understood; write '-- expect: no rows', or '-- expect:' and one comment line per row");
        draft.Rows = [];
        draft.ExpectLine = words.Length == 0 ? line : null;
        expectsRows = words.Length == 0;
    }

    private void TakeToken(CheckPiece piece)
    {
        expectsRows = false;
        if (draft is null)
        {
            Demand(outsideReported, piece.Line, "a statement stands outside a check; put '-- check: title' before it");
            outsideReported = true;
            return;
        }

        if (draft.HasEnded && !draft.HasSecondStatement)
        {
            Fault(piece.Line, $"check '{draft.Title}' has more than one statement; put '-- check: title' before the second");
        }

        draft.TakeToken(piece);
    }

    private void Finish()
    {
        expectsRows = false;
        if (draft is null)
        {
            return;
        }

        var title = draft.Title;
        Demand(draft.HasExpectation, draft.Line, $"check '{title}' expects nothing; add '-- expect:' with its rows, '-- expect: no rows' or '-- report'");
        Demand(draft.ExpectLine is null || draft.Rows!.Count > 0, draft.ExpectLine ?? 0, $"check '{title}' lists no rows after '-- expect:'; write '-- expect: no rows' when it must return none");
        Demand(draft.HasStatement, draft.Line, $"check '{title}' has no statement");
        if (draft.HasStatement)
        {
            var word = text[draft.FirstToken.Start..draft.FirstToken.End];
            Demand(CheckDraft.IsQuery(word), draft.FirstToken.Line, $"check '{title}' is not a query: it begins with '{word}'; use SELECT, WITH, VALUES, TABLE or SHOW");
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
