namespace Belay.Sql;

/// <summary>Knows, token by token, whether a semicolon ends the statement: not in parentheses, not in BEGIN ATOMIC … END.</summary>
internal sealed class StatementState(string text)
{
    private readonly List<string> firstWords = [];
    private int parentheses;
    private int bodies;
    private SqlToken? previous;

    /// <summary>Whether the statement takes data from the lines after it.</summary>
    public bool IsCopyFromStdin { get; private set; }

    private bool CreatesRoutine => firstWords is
        ["CREATE", "FUNCTION" or "PROCEDURE", ..] or ["CREATE", "OR", "REPLACE", "FUNCTION" or "PROCEDURE", ..];

    /// <summary>Takes the next significant token and says whether it is the statement's semicolon.</summary>
    public bool EndsWith(SqlToken token)
    {
        switch (token.Kind)
        {
            case SqlTokenKind.Symbol when text[token.Start] == ';' && parentheses == 0 && bodies == 0:
                return true;
            case SqlTokenKind.Symbol when text[token.Start] == '(':
                parentheses++;
                break;
            case SqlTokenKind.Symbol when text[token.Start] == ')':
                parentheses = Math.Max(0, parentheses - 1);
                break;
            case SqlTokenKind.Word:
                TakeWord(token);
                break;
        }

        previous = token;
        return false;
    }

    private void TakeWord(SqlToken token)
    {
        if (firstWords.Count < 4)
        {
            firstWords.Add(token.In(text).ToString().ToUpperInvariant());
        }

        IsCopyFromStdin |= firstWords[0] == "COPY" && parentheses == 0 && token.Is(text, "STDIN") && FollowsWord("FROM");
        if (!CreatesRoutine || parentheses > 0 || FollowsSymbol('.') || FollowsWord("AS"))
        {
            return;
        }

        if (bodies == 0)
        {
            bodies = token.Is(text, "ATOMIC") && FollowsWord("BEGIN") ? 1 : 0;
        }
        else if (token.Is(text, "CASE"))
        {
            bodies++;
        }
        else if (token.Is(text, "END"))
        {
            bodies--;
        }
    }

    private bool FollowsWord(string keyword) => previous is { } token && token.Is(text, keyword);

    private bool FollowsSymbol(char symbol) => previous is { Kind: SqlTokenKind.Symbol } token && text[token.Start] == symbol;
}
