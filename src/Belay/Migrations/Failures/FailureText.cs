using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Belay.Printing;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations.Failures;

/// <summary>Tells of a server's error at its place in the script.</summary>
internal static partial class FailureText
{
    private const int LineLength = 160;
    private const int AdditionLength = 2000;

    /// <summary>What failed, when it was Belay's own statement: the script is not to blame for it.</summary>
    /// <param name="source">The script that had run.</param>
    /// <param name="failure">What the server or the connection said.</param>
    public static string OfOwn(ScriptSource source, string own, Exception failure) => failure is PostgresException server
        ? $"Belay could not go on with {source.Path}: {own} failed: {Message(server)}{Additions(server)}"
        : $"Belay could not go on with {source.Path}: the connection was lost while {own}: {failure.Message}";

    /// <summary>File, line and column, the message, the source line with a caret, and what else the server said.</summary>
    public static string Of(ScriptSource source, ScriptStatement? statement, Exception exception)
    {
        var (path, script) = source;
        if (exception is not PostgresException server)
        {
            var place = statement is null ? path : $"{path}:{statement.Position.Line}:{statement.Position.Column}";
            return $"{place}: the connection was lost: {exception.Message}";
        }

        if (statement is null)
        {
            return $"{path}: {Message(server)}{Additions(server)}";
        }

        var position = PlaceOf(script, statement, server);
        return $"{path}:{position.Line}:{position.Column}: {Message(server)}\n{Excerpt(script, position)}{Additions(server)}";
    }

    /// <summary>The server counts characters in the statement; a failing DO block names a line of its body instead.</summary>
    private static TextPosition PlaceOf(string script, ScriptStatement statement, PostgresException server)
    {
        if (server.Position > 0)
        {
            return statement.Position.To(script, statement.Position.Offset + Utf16Length(statement.Sql, server.Position - 1));
        }

        var frame = BlockLine().Matches(server.Where ?? "").LastOrDefault();
        if (frame is null || !int.TryParse(frame.Groups["line"].Value, CultureInfo.InvariantCulture, out var line))
        {
            return statement.Position;
        }

        var body = SqlScanner.Significant(statement.Sql).FirstOrDefault(token => token.Kind == SqlTokenKind.Text);
        var offset = statement.Position.Offset + body.Start;
        for (; line > 1 && script.IndexOf('\n', offset) is var newline and >= 0; line--)
        {
            offset = newline + 1;
        }

        while (offset < script.Length && script[offset] is ' ' or '\t')
        {
            offset++;
        }

        return statement.Position.To(script, offset);
    }

    private static int Utf16Length(string sql, int characters)
    {
        var index = 0;
        for (; characters > 0 && index < sql.Length; characters--)
        {
            index += char.IsHighSurrogate(sql[index]) ? 2 : 1;
        }

        return index;
    }

    private static string Excerpt(string script, TextPosition position)
    {
        var (whole, at) = Masked(script, position);
        var (line, column) = ShortText.Around(whole, at, LineLength);
        var margin = new string([.. line.Take(column).Select(character => character == '\t' ? '\t' : ' ')]);
        return $"  {line}\n  {margin}^";
    }

    /// <summary>The line of a place with its passwords masked, and the place's column in it.</summary>
    private static (string Line, int Column) Masked(string script, TextPosition position)
    {
        var before = SqlPasswords.Mask(script[..position.Offset]);
        var end = script.IndexOf('\n', position.Offset);
        var whole = SqlPasswords.Mask(script[..(end < 0 ? script.Length : end)]);
        var line = whole[(whole.LastIndexOf('\n') + 1)..];
        return (line, Math.Min(before.Length - before.LastIndexOf('\n') - 1, line.Length));
    }

    private static string Message(PostgresException server)
        => $"{server.InvariantSeverity}: {ShortText.Cut(server.MessageText, AdditionLength)} (SQLSTATE {server.SqlState})";

    private static string Additions(PostgresException server)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in new[]
        {
            ("DETAIL", server.Detail),
            ("HINT", server.Hint),
            ("QUERY", server.InternalQuery),
            ("CONTEXT", server.Where),
        })
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append('\n').Append(name).Append(": ").Append(ShortText.Cut(SqlPasswords.Mask(value), AdditionLength));
            }
        }

        return text.ToString();
    }

    // Servers say it in the language of lc_messages: "inline_code_block Zeile 3 bei RAISE".
    [GeneratedRegex(@"inline_code_block[^0-9\n]*(?<line>[0-9]+)")]
    private static partial Regex BlockLine();
}
