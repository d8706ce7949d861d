namespace Belay.Sql;

/// <summary>A script's own BEGIN and COMMIT: one pair around all of it is its transaction, anything else
/// is a fault with one way out.</summary>
internal sealed class TransactionControl
{
    /// <summary>Where a part needs a transaction and another must not have one, only two files help: a
    /// directive would only move the fault.</summary>
    public const string SplitHint =
        "split the file: what stands between BEGIN and COMMIT into one migration, the rest into another, which asks for \"-- belay: "
            + "no-transaction\" if it must";

    private readonly IReadOnlyList<ScriptStatement> statements;
    private readonly ScriptStatement[] control;

    public TransactionControl(IReadOnlyList<ScriptStatement> statements)
    {
        this.statements = statements;
        control = [.. statements.Where(statement => statement.Shape.Transaction != TransactionWord.None)];
        Rest = control.Length == 0 ? statements : [.. statements.Except(control)];
    }

    /// <summary>
    /// Whether a script ends the transaction that its tool has begun and then does what no transaction allows,
    /// with or without another BEGIN for the tool to end: <c>COMMIT; CREATE INDEX CONCURRENTLY …; BEGIN;</c>. It runs outside a
    /// transaction, without the two.
    /// </summary>
    public static bool StepsOut(IReadOnlyList<StatementShape> shapes)
    {
        var within = shapes.TakeWhile(shape => shape.Transaction == TransactionWord.None).ToList();
        var outside = shapes.Skip(within.Count + 1).ToList();
        return within.Count < shapes.Count
            && shapes[within.Count].Transaction == TransactionWord.Commit
            && outside.Any(shape => shape.OutsideOnly is not null)
            && outside.TakeWhile(shape => shape.Transaction == TransactionWord.None)
                .Count() >= outside.Count - (outside[^1].Transaction == TransactionWord.Begin ? 1 : 0)
            && !within.Any(NeedsTransaction);
    }

    /// <summary>Whether a statement has no effect, or none that lasts, on its own.</summary>
    private static bool NeedsTransaction(StatementShape shape)
        => shape.Words is ["LOCK" or "SAVEPOINT" or "ROLLBACK" or "RELEASE" or "DECLARE", ..]
            or ["SET", "LOCAL" or "CONSTRAINTS" or "TRANSACTION", ..];

    /// <summary>Whether there is none of it.</summary>
    public bool IsEmpty => control.Length == 0;

    /// <summary>The statements without it.</summary>
    public IReadOnlyList<ScriptStatement> Rest { get; }

    /// <summary>The first BEGIN with its modes; null when there is none.</summary>
    public string? Begin => control.FirstOrDefault(statement => statement.Shape.Transaction == TransactionWord.Begin)?.Sql;

    /// <summary>What is wrong with it in a file that runs in one transaction. A COMMIT at the end that
    /// has no BEGIN is nothing: psql passes over it too.</summary>
    public IEnumerable<ScriptFault> FaultsInside()
    {
        ScriptStatement? open = null;
        ScriptStatement? closed = null;
        foreach (var statement in control)
        {
            switch (statement.Shape.Transaction)
            {
                case TransactionWord.Begin when open is not null:
                    yield return At(
                        statement, $"BEGIN inside the transaction that line {open.Position.Line} has begun", "take one of the two out");
                    break;
                case TransactionWord.Begin:
                    if (closed is not null)
                    {
                        yield return At(
                            statement, $"a second transaction begins, after the one that line {closed.Position.Line} has ended", BlockHint);
                    }

                    open = statement;
                    break;
                case TransactionWord.Commit when open is not null:
                    (open, closed) = (null, statement);
                    break;
                case TransactionWord.Commit when statement == statements[^1]:
                    break;
                default:
                    yield return At(
                        statement,
                        $"{Title(statement)} inside the migration's transaction",
                        "take it out: Belay runs a file in one transaction");
                    break;
            }
        }

        if (open is not null)
        {
            yield return At(open, "BEGIN without COMMIT: psql would roll everything back at the end of the file", "add COMMIT; at the end");
        }
    }

    /// <summary>What is wrong with it in a file that asks for no transaction: any of it.</summary>
    public IEnumerable<ScriptFault> FaultsOutside()
    {
        var hint = this switch
        {
            { Begin: null } => "take it out",
            _ when Rest.Any(statement => statement.Shape.OutsideOnly is not null) => SplitHint,
            _ when FaultsInside().Any() => BlockHint,
            _ => "take the directive out: the file has a transaction of its own",
        };
        return control.Select(statement => At(statement, $"{statement.Shape.Words[0]} in a file that asks for no transaction", hint));
    }

    private const string BlockHint = "split the file into a migration for each BEGIN … COMMIT: Belay runs a file in one transaction";

    private static string Title(ScriptStatement statement) => string.Join(' ', statement.Shape.Words.Take(2));

    private static ScriptFault At(ScriptStatement statement, string message, string hint)
        => new(statement.Position.Line, statement.Position.Column, message, hint);
}
