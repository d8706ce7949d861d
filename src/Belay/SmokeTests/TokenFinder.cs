using System.Text.Json;

namespace Belay.SmokeTests;

/// <summary>Finds the token in the answer to a login.</summary>
internal static class TokenFinder
{
    private const int Deepest = 3;

    private static readonly string[] UsualNames =
        ["access_token", "accessToken", "token", "jwt", "id_token", "idToken", "auth_token", "authToken"];

    /// <summary>The token; null when the body is no JSON or has none.</summary>
    /// <param name="field">The field's name, with dots for nested objects; null for the usual names, outermost first.</param>
    public static string? Find(string body, string? field)
    {
        try
        {
            using var document = JsonText.Parse(body);
            return field is null ? ByUsualName([document.RootElement], Deepest) : ByPath(document.RootElement, field.Split('.'));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ByPath(JsonElement element, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return Text(element);
    }

    private static string? ByUsualName(IReadOnlyList<JsonElement> level, int deeper)
    {
        var objects = level.Where(element => element.ValueKind == JsonValueKind.Object).ToList();
        var found = UsualNames
            .SelectMany(name => objects.Select(element => element.TryGetProperty(name, out var value) ? Text(value) : null))
            .FirstOrDefault(token => token is not null);
        return found is not null || deeper == 0 || objects.Count == 0
            ? found
            : ByUsualName([.. objects.SelectMany(element => element.EnumerateObject().Select(property => property.Value))], deeper - 1);
    }

    private static string? Text(JsonElement element)
        => JsonText.Of(element) is { Length: > 0 } text ? text : null;
}
