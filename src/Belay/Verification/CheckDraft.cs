using Belay.Sql;

namespace Belay.Verification;

/// <summary>A check while its file is being read.</summary>
/// <param name="title">The words after <c>-- check:</c>.</param>
internal sealed class CheckDraft(string title, int line)
{
    private int sqlEnd;

    public string Title { get; } = title;

    public int Line { get; } = line;

    public bool IsReport { get; set; }

    public List<IReadOnlyList<string>>? Rows { get; set; }

    /// <summary>The line of an <c>-- expect:</c> that must be followed by rows.</summary>
    public int? ExpectLine { get; set; }

    public SqlToken FirstToken { get; private set; }

    /// <summary>The line on which the statement begins.</summary>
    public int SqlLine { get; private set; }

    public bool HasStatement { get; private set; }

    public bool HasEnded { get; private set; }

    public bool HasSecondStatement { get; private set; }

    public bool HasExpectation => IsReport || Rows is not null;

    /// <summary>Whether a statement that begins with this word returns rows and cannot end the transaction it runs in.</summary>
    public static bool IsQuery(string word) => word.ToUpperInvariant() is "SELECT" or "WITH" or "VALUES" or "TABLE" or "SHOW" or "(";

    public void TakeToken(SqlToken token, int line)
    {
        if (HasEnded)
        {
            HasSecondStatement = true;
            return;
        }

        (FirstToken, SqlLine) = HasStatement ? (FirstToken, SqlLine) : (token, line);
        HasStatement = true;
        sqlEnd = token.End;
    }

    public void EndStatement() => HasEnded |= HasStatement;

    public Check ToCheck(string path, string text) => new()
    {
        Title = Title,
        Sql = text[FirstToken.Start..sqlEnd],
        File = path,
        Line = SqlLine,
        Expected = IsReport ? null : Rows ?? [],
    };
}
