using Belay.Printing;
using Belay.Sql;

namespace Belay.Verification;

/// <summary>Makes checks of a script that verifies by failing, as sqitch's do: each statement is a check
/// that passes when it runs.</summary>
internal static class AssertionScript
{
    /// <summary>The statements as checks; BEGIN and the last ROLLBACK or COMMIT are left out, since a
    /// check changes nothing anyway.</summary>
    /// <exception cref="CheckFileException">The script cannot be read as statements; all faults are listed.</exception>
    public static IReadOnlyList<Check> Read(ScriptSource source)
    {
        var parts = SqlLexer.Split(source.Text).ToArray();
        var faults = parts.Where(part => part.Fault is not null)
            .Select(part => $"{source.Path}:{part.Fault!.Position.Line}: {part.Fault.Message}")
            .Concat(
                parts.Where(part => part.Kind == ScriptPartKind.CopyData)
                    .Select(part => $"{source.Path}:{part.Position.Line}: COPY … FROM stdin writes, and a check cannot"))
            .ToArray();
        return faults.Length > 0
            ? throw new CheckFileException(faults)
            : [.. from part in parts
                  where part.Kind == ScriptPartKind.Statement && part.Body.Length > 0
                  where StatementShape.Of(
                      part.Body).Words is not (["BEGIN" or "COMMIT" or "ROLLBACK" or "END"] or ["START", "TRANSACTION", ..])
                  select new Check
                  {
                      Title = Title(part.Body),
                      Sql = part.Body,
                      File = source.Path,
                      Line = part.Position.Line,
                      Kind = new RunsWithoutError(),
                  }];
    }

    private static string Title(string sql)
    {
        var line = sql.Split('\n')[0].Trim();
        return $"runs without an error: {ShortText.Cut(SqlPasswords.Mask(line), 60)}";
    }
}
