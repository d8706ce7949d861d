using System.Text.Json;
using System.Text.RegularExpressions;

namespace Belay.SmokeTests;

/// <summary>What the body of an answer says, short, on one line, and without secrets.</summary>
internal static partial class AnswerText
{
    private const int Longest = 200;

    private static readonly string[] MessageNames = ["error", "message", "detail", "error_description", "msg", "title"];

    /// <summary>The message that the body holds, else the body without markup; empty for an empty body.</summary>
    public static string Of(string body)
    {
        var text = MissingObject().Match(body) is { Success: true } missing
            ? Unescape(missing.Value)
            : JsonMessage(body) ?? Markup().Replace(body, " ");
        var clean = Redaction.Apply(Token().Replace(Blanks().Replace(text, " ").Trim(), Redaction.Mask));
        return clean.Length <= Longest ? clean : $"{clean[..Longest].TrimEnd()}…";
    }

    /// <summary>Whether the application asked the database for a column or table that is not there.</summary>
    public static bool SpeaksOfMissingObject(string body) => MissingObject().IsMatch(body) || UndefinedObject().IsMatch(body);

    private static string Unescape(string text)
        => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\u0022", "\"", StringComparison.Ordinal);

    private static string? JsonMessage(string body)
    {
        try
        {
            using var document = JsonText.Parse(body);
            return Message(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Message(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return JsonText.Of(element);
        }

        return element.ValueKind != JsonValueKind.Object
            ? null
            : MessageNames.Select(name => element.TryGetProperty(name, out var value) ? Message(value) : null)
                .FirstOrDefault(text => text is not null);
    }

    // The names may stand in quotes, and the quotes may be escaped by JSON.
    [GeneratedRegex(
        @"\b(?:column|relation) (?:\\?""|\\u0022)?[\w.$]+(?:(?:\\?""|\\u0022)(?:\.(?:\\?""|\\u0022)[\w.$]+(?:\\?""|\\u0022))?)?(?: of relation \S+)? does not exist")]
    private static partial Regex MissingObject();

    [GeneratedRegex(@"Undefined(?:Column|Table)|\b(?:42703|42P01)\b")]
    private static partial Regex UndefinedObject();

    [GeneratedRegex(@"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    // Control characters would reach the terminal as commands.
    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*")]
    private static partial Regex Token();
}
