using System.Globalization;
using System.Text;
using Npgsql;

namespace Belay.History;

/// <summary>
/// A script as the history can keep it. A database in another encoding than UTF-8 has no place for every character, and a script may hold
/// one in a comment that is never sent: such a character is kept as <c>\u2026</c>. The SHA-256 is that of the file's own text.
/// </summary>
internal static class StorableText
{
    private const char LastOfLatin1 = '\u00ff';

    /// <summary>The text for a database of this connection's encoding.</summary>
    public static string For(NpgsqlConnection connection, string text)
        => connection.PostgresParameters.GetValueOrDefault("server_encoding") switch
        {
            null or "UTF8" or "SQL_ASCII" => text,
            "LATIN1" => Escape(text, letter => letter <= LastOfLatin1),
            _ => Escape(text, char.IsAscii),
        };

    private static string Escape(string text, Func<char, bool> isKept)
    {
        if (text.All(isKept))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = isKept(letter) ? escaped.Append(letter) : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return escaped.ToString();
    }
}
