using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Tells of a server's error at its place in the script.</summary>
internal static partial class FailureText
{
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
            return $"{path}: {server.InvariantSeverity}: {server.MessageText} (SQLSTATE {server.SqlState}){Additions(server)}";
        }

        var position = PlaceOf(script, statement, server);
        return $"{path}:{position.Line}:{position.Column}: {server.InvariantSeverity}: {server.MessageText} (SQLSTATE {server.SqlState})\n"
            + Excerpt(script, position) + Additions(server);
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
        var start = position.Offset - (position.Column - 1);
        var end = script.IndexOf('\n', start);
        var line = script[start..(end < 0 ? script.Length : end)];
        var margin = new string([.. line.Take(position.Column - 1).Select(character => character == '\t' ? '\t' : ' ')]);
        return $"  {line}\n  {margin}^";
    }

    private static string Additions(PostgresException server)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in new[] { ("DETAIL", server.Detail), ("HINT", server.Hint), ("QUERY", server.InternalQuery), ("CONTEXT", server.Where) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append('\n').Append(name).Append(": ").Append(value);
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"inline_code_block line (?<line>[0-9]+)")]
    private static partial Regex BlockLine();
}
