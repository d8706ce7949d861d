using System.Text;

namespace Belay.Sql;

/// <summary>A script ready to run: its statements, with the outermost BEGIN and COMMIT taken out.</summary>
/// <param name="Statements">What is sent, in order.</param>
/// <param name="Begin">The script's own BEGIN with its modes; null when it has none.</param>
/// <param name="Faults">Why it must not run, in the order of their lines; empty when it may.</param>
internal sealed record MigrationScript(IReadOnlyList<ScriptStatement> Statements, string? Begin, IReadOnlyList<ScriptFault> Faults)
{
    private const string DirectiveHint = "put the directive \"-- belay: no-transaction\" in the file's first line";

    /// <summary>Reads a script and finds all its faults.</summary>
    /// <param name="noTransaction">Whether it asks to run outside a transaction.</param>
    /// <param name="serverMajor">The server's major version, where it is known.</param>
    public static MigrationScript Read(string text, bool noTransaction, int serverMajor = int.MaxValue)
    {
        var faults = new List<ScriptFault>();
        var statements = ReadStatements(text, faults);
        var isAscii = Ascii.IsValid(text);
        faults.AddRange(statements.Where(statement => statement.Shape.CopiesToClient).Select(statement => At(
            statement,
            "COPY … TO STDOUT has no output to write to here",
            "take it out, or report rows with a check in the .verify.sql file")));
        faults.AddRange(statements.Where(statement => statement.Shape.CopiesBinary).Select(statement => At(
            statement,
            "COPY … FROM stdin in binary form: the data in a script is text",
            "write the data as text or CSV, or load it outside the migration")));
        faults.AddRange(statements.Where(statement => statement.Shape.SetsOtherEncoding && !isAscii).Select(statement => At(
            statement,
            "the client encoding is set to another than UTF8, and the file has texts beyond ASCII, which would be written as others",
            "take the statement out: a migration is sent in UTF-8")));
        faults.AddRange(statements.Where(statement => serverMajor < statement.Shape.LeastServer).Select(statement => At(
            statement,
            $"{statement.Shape.OutsideOnly} needs PostgreSQL {statement.Shape.LeastServer}; the server is version {serverMajor}",
            "upgrade the server, or write the migration without CONCURRENTLY")));
        var control = new TransactionControl(statements);
        if (noTransaction)
        {
            var stepsOut = TransactionControl.StepsOut([.. statements.Select(statement => statement.Shape)]);
            faults.AddRange(stepsOut ? [] : control.FaultsOutside());
            faults.AddRange(statements.Where(IsUnnamedIndex).Select(statement => At(
                statement,
                "CREATE INDEX CONCURRENTLY without a name for the index",
                "name the index, so that a rerun can tell whether it is valid")));
            return Sorted(stepsOut ? control.Rest : statements, null, faults);
        }

        faults.AddRange(statements.Where(statement => statement.Shape.MustRunOutside(serverMajor)).Select(statement => At(
            statement,
            $"{Describe(statement.Shape)} cannot run inside a transaction",
            control.IsEmpty ? DirectiveHint : TransactionControl.SplitHint)));
        faults.AddRange(control.FaultsInside());
        return Sorted(control.Rest, control.Begin, faults);
    }

    private static MigrationScript Sorted(IReadOnlyList<ScriptStatement> statements, string? begin, List<ScriptFault> faults)
        => new(statements, begin, [.. faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);

    private static List<ScriptStatement> ReadStatements(string text, List<ScriptFault> faults)
    {
        var statements = new List<ScriptStatement>();
        foreach (var part in SqlLexer.Split(text))
        {
            if (part.Fault is { } fault)
            {
                faults.Add(
                    new ScriptFault(
                        fault.Position.Line,
                        fault.Position.Column,
                        fault.Message,
                        "correct the script; psql would not run it as it looks either"));
            }

            switch (part.Kind)
            {
                case ScriptPartKind.MetaCommand when PsqlCommand.RefusalOf(part.Body.TrimEnd()) is { } refusal:
                    faults.Add(new ScriptFault(part.Position.Line, part.Position.Column, refusal, "take the command out of the migration"));
                    break;
                case ScriptPartKind.CopyData:
                    statements[^1] = statements[^1] with { CopyData = part.Body };
                    break;
                case ScriptPartKind.Statement when part.Body.Length > 0:
                    statements.Add(new ScriptStatement { Sql = part.Body, Position = part.Position, Shape = StatementShape.Of(part.Body) });
                    break;
            }
        }

        return statements;
    }

    private static string Describe(StatementShape shape) => shape.OutsideOnly ?? "ALTER TYPE … ADD VALUE before PostgreSQL 12";

    private static bool IsUnnamedIndex(ScriptStatement statement)
        => statement.Shape.OutsideOnly == "CREATE INDEX CONCURRENTLY" && IndexBuild.Of(statement.Sql) is null;

    private static ScriptFault At(ScriptStatement statement, string message, string hint)
        => new(statement.Position.Line, statement.Position.Column, message, hint);
}
