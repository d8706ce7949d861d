using System.Text;
using System.Text.Json;

namespace Belay.SmokeTests;

/// <summary>Makes the request of the smoke test.</summary>
internal static class SmokeRequest
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string ContentType = "Content-Type";
    private const string UsualBody = """{"username":"{username}","password":"{password}"}""";

    /// <summary>The request with a password.</summary>
    public static HttpRequestMessage Make(SmokeSettings settings, Secret password)
    {
        var isLogin = settings.Mode == SmokeMode.Login;
        var headers = HeadersIn(settings.Headers?.Reveal());
        var type = headers.FirstOrDefault(header => header.Name.Equals(ContentType, StringComparison.OrdinalIgnoreCase)).Value ?? Json;
        var request = new HttpRequestMessage(new HttpMethod(settings.Method ?? (isLogin ? "POST" : "GET")), settings.Url);
        request.Headers.UserAgent.ParseAdd("belay");
        request.Headers.Accept.ParseAdd(Json);
        if ((settings.Body ?? (isLogin ? UsualBody : null)) is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(body, type, settings.Username, password)));
            request.Content.Headers.TryAddWithoutValidation(ContentType, type);
        }

        foreach (var (name, value) in headers.Where(header => !header.Name.Equals(ContentType, StringComparison.OrdinalIgnoreCase)))
        {
            Set(request, name, value);
        }

        return request;
    }

    /// <summary>The headers of a text, a line <c>name: value</c> each.</summary>
    /// <exception cref="FormatException">A line has no name and colon, signs that no request can have, or the length, which is
    /// counted.</exception>
    public static IReadOnlyList<(string Name, string Value)> HeadersIn(string? text) =>
    [
        .. (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
            line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value] && name.All(IsNameSign)
                && value.All(IsValueSign) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                ? (name, value)
                : throw new FormatException()),
    ];

    /// <summary>Some headers are the body's.</summary>
    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }

        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>In one pass: a user's name may have {password} in it.</summary>
    private static string Fill(string body, string type, string username, Secret password)
    {
        var filled = new StringBuilder();
        for (var index = 0; index < body.Length;)
        {
            var value = StandsAt(body, index, "{username}") ? username : StandsAt(body, index, "{password}") ? password.Reveal() : null;
            filled.Append(value is null ? body[index].ToString() : Written(value, type));
            index += value is null ? 1 : "{username}".Length;
        }

        return filled.ToString();
    }

    private static bool StandsAt(string body, int index, string word) => string.CompareOrdinal(body, index, word, 0, word.Length) == 0;

    private static string Written(string value, string type)
        => type.StartsWith(Form, StringComparison.OrdinalIgnoreCase) ? Uri.EscapeDataString(value)
            : type.Contains("json", StringComparison.OrdinalIgnoreCase) ? JsonEncodedText.Encode(value).ToString()
            : value;

    private static bool IsValueSign(char sign) => sign is '\t' or (>= ' ' and <= '~');

    private static bool IsNameSign(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.';
}
