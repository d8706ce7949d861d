using System.Text;

namespace Belay.Migrators;

/// <summary>Splits a command into words as a shell does: blanks, both kinds of quotes, backslashes.
/// Nothing is expanded and no shell is started.</summary>
internal static class CommandWords
{
    /// <summary>The words; null when a quote is not closed.</summary>
    /// <param name="command">The command as it was typed.</param>
    public static IReadOnlyList<string>? Split(string command)
    {
        var words = new List<string>();
        var word = (StringBuilder?)null;
        var quote = '\0';
        for (var index = 0; index < command.Length; index++)
        {
            var sign = command[index];
            if (quote == '\0' && char.IsWhiteSpace(sign))
            {
                Finish();
            }
            else if (sign == quote || (quote == '\0' && sign is '"' or '\''))
            {
                quote = quote == '\0' ? sign : '\0';
                word ??= new StringBuilder();
            }
            else
            {
                var escapes = sign == '\\'
                    && index + 1 < command.Length
                    && (quote == '\0' || (quote == '"' && command[index + 1] is '"' or '\\'));
                (word ??= new StringBuilder()).Append(escapes ? command[++index] : sign);
            }
        }

        Finish();
        return quote == '\0' ? words : null;

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }
}
