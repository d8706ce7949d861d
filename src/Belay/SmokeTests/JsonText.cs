using System.Text.Json;

namespace Belay.SmokeTests;

/// <summary>Texts in the JSON of an answer.</summary>
internal static class JsonText
{
    /// <summary>The document of a body, before which some servers write a mark of its encoding.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(string body) => JsonDocument.Parse(body.TrimStart('\uFEFF'));

    /// <summary>The text of an element; null when it is none, or one with half a sign, as applications cut it.</summary>
    public static string? Of(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
