using System.Text;

namespace Belay.Settings;

/// <summary>Reads libpq's <c>host=… dbname='…'</c>: backslash escapes the next character, single quotes hold spaces.</summary>
/// <remarks>PostgreSQL documentation, "Keyword/Value Connection Strings". A doubled quote inside quotes
/// is taken as one quote too: people write SQL.</remarks>
internal static class LibpqKeyValues
{
    /// <summary>Reads the parameters in their order.</summary>
    /// <exception cref="SettingsException">It cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        var position = 0;
        while (SkipSpace(text, ref position))
        {
            var name = ReadName(text, ref position);
            SkipSpace(text, ref position);
            parameters.Add(new(name, ReadValue(text, ref position)));
        }

        return parameters;
    }

    private static string ReadName(string text, ref int position)
    {
        var equals = text.IndexOf('=', position);
        var name = equals < 0 ? "" : text[position..equals].Trim();
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetter(character) || character == '_'))
        {
            throw DatabaseUrlFaults.Fault(
                "DATABASE_URL is neither an address (postgresql://…) nor a list of name=value pairs: a value with spaces must stand in "
                    + "single quotes");
        }

        position = equals + 1;
        return name;
    }

    private static string ReadValue(string text, ref int position)
    {
        var quoted = position < text.Length && text[position] == '\'';
        position += quoted ? 1 : 0;
        var value = new StringBuilder();
        for (; position < text.Length; position++)
        {
            var character = text[position];
            var next = position + 1 < text.Length ? text[position + 1] : '\0';
            if (character == '\\' && next != '\0')
            {
                value.Append(next);
                position++;
            }
            else if (quoted && character == '\'' && next == '\'')
            {
                value.Append('\'');
                position++;
            }
            else if (quoted ? character == '\'' : char.IsWhiteSpace(character))
            {
                position++;
                return value.ToString();
            }
            else
            {
                value.Append(character);
            }
        }

        return quoted ? throw DatabaseUrlFaults.Fault("DATABASE_URL has a single quote that is not closed") : value.ToString();
    }

    private static bool SkipSpace(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length;
    }
}
