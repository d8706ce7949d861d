using System.Text.Json;

namespace Belay.Watching.Logs;

/// <summary>Reads <c>jsonlog</c>: an object in each line.</summary>
internal static class JsonLog
{
    public static (IReadOnlyList<LogEntry> Entries, int Length) Read(string text)
    {
        var length = text.LastIndexOf('\n') + 1;
        return ([.. text[..length].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Entry).OfType<LogEntry>()], length);
    }

    private static LogEntry? Entry(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            return entry.ValueKind == JsonValueKind.Object
                && Text(entry, "state_code") is { } code
                && Text(entry, "error_severity") is "ERROR" or "PANIC"
                && Text(entry, "message") is { } message
                ? new LogEntry(code, message.Split('\n')[0])
                {
                    Statement = Text(entry, "statement"),
                    Database = Text(entry, "dbname"),
                    Application = Text(entry, "application_name"),
                }
                : null;
        }
        catch (JsonException)
        {
            // Half a line, from a server that was killed, or from a file that is read from its middle.
            return null;
        }
    }

    private static string? Text(JsonElement entry, string name)
        => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
