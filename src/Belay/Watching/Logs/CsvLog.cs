using System.Text;

namespace Belay.Watching.Logs;

/// <summary>Reads <c>csvlog</c>: a row in a line or, where a text has several, in several.</summary>
internal static class CsvLog
{
    private const int Database = 2;
    private const int SqlState = 12;
    private const int Message = 13;
    private const int Statement = 19;
    private const int Application = 22;

    public static (IReadOnlyList<LogEntry> Entries, int Length) Read(string text)
    {
        List<LogEntry> entries = [];
        var start = 0;
        while (Row(text, start) is { } row)
        {
            start = row.End;
            if (row.Fields.Count > Application && IsError(row.Fields[SqlState]))
            {
                entries.Add(new LogEntry(row.Fields[SqlState], row.Fields[Message].Split('\n')[0])
                {
                    Statement = row.Fields[Statement],
                    Database = row.Fields[Database],
                    Application = row.Fields[Application],
                });
            }
        }

        return (entries, start);
    }

    /// <summary>The severity is written in the server's language, and the code of whatever is no error begins like this.</summary>
    private static bool IsError(string code) => code.Length == 5 && code[..2] is not ("00" or "01" or "02");

    /// <summary>The row that begins here; null when it has no end yet.</summary>
    private static (IReadOnlyList<string> Fields, int End)? Row(string text, int start)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var index = start; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '"')
            {
                if (isQuoted && index + 1 < text.Length && text[index + 1] == '"')
                {
                    field.Append('"');
                    index++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (isQuoted || letter is not (',' or '\n'))
            {
                field.Append(letter);
            }
            else
            {
                fields.Add(field.ToString());
                field.Clear();
                if (letter == '\n')
                {
                    return (fields, index + 1);
                }
            }
        }

        return null;
    }
}
