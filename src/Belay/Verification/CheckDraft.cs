using Belay.Sql;

namespace Belay.Verification;

/// <summary>A check while its file is being read.</summary>
/// <param name="title">The words after <c>-- check:</c>.</param>
internal sealed class CheckDraft(string title, int line)
{
    private int sqlEnd;

    public string Title { get; } = title;

    public int Line { get; } = line;

    /// <summary>What it demands; null as long as nothing was said.</summary>
    public CheckKind? Kind { get; set; }

    /// <summary>The rows of its <c>-- expect:</c>, in the order in which they are read.</summary>
    public List<IReadOnlyList<string>> Rows { get; } = [];

    /// <summary>The line of an <c>-- expect:</c> that must be followed by rows.</summary>
    public int? ExpectLine { get; set; }

    public SqlToken FirstToken { get; private set; }

    /// <summary>The line on which the statement begins.</summary>
    public int SqlLine { get; private set; }

    public bool HasStatement { get; private set; }

    public bool HasEnded { get; private set; }

    public bool HasSecondStatement { get; private set; }

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
        Kind = Kind ?? new ExpectedRows(Rows),
    };
}
