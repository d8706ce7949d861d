using System.Text.RegularExpressions;

namespace Belay;

/// <summary>What must not be shown of a secret text: all of it, and the secrets inside an address or a connection string.</summary>
internal static partial class SecretParts
{
    /// <summary>The first line of a key in PEM form is the same for everybody.</summary>
    private const string PemFrame = "-----";

    private const int ShortestLine = 8;

    /// <summary>The whole text and its parts; nothing for an empty one.</summary>
    /// <param name="secret">A password, a key, an address, a connection string, or a file with several lines.</param>
    public static IEnumerable<string> Of(string secret)
    {
        var trimmed = secret.Trim();
        if (trimmed.Length == 0)
        {
            return [];
        }

        return new[] { secret, trimmed }
            .Concat(Lines(trimmed))
            .Concat(Values().Matches(trimmed).Select(match => match.Groups["value"].Value.Trim('\'', '"')))
            .Concat(UserInfo(trimmed))
            .Where(part => part.Length > 0);
    }

    /// <summary>A program may print one line of a secret that has several.</summary>
    private static IEnumerable<string> Lines(string secret)
        => secret.Contains('\n', StringComparison.Ordinal)
            ? secret.Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => line.Length >= ShortestLine && !line.StartsWith(PemFrame, StringComparison.Ordinal))
            : [];

    /// <summary>The passwords of the addresses in a text that need not be a secret as a whole, for example a proxy's.</summary>
    /// <param name="text">For example <c>http://user:password@proxy:3128</c>.</param>
    public static IEnumerable<string> PasswordsOfAddresses(string text)
        => Scheme().Matches(text).SelectMany(start => Passwords(Authority(text[(start.Index + start.Length)..])));

    /// <summary>In a secret address an unescaped @ or / may be part of the password.</summary>
    private static IEnumerable<string> UserInfo(string secret)
        => Scheme()
            .Matches(secret)
            .Select(start => secret[(start.Index + start.Length)..])
            .SelectMany(rest => Passwords(Authority(rest)).Concat(Passwords(rest)));

    /// <summary>What stands between the first colon and the last @; with a short password also <c>user:password</c>,
    /// as a login sends it in base64.</summary>
    private static IEnumerable<string> Passwords(string text)
    {
        var userInfo = text[..Math.Max(0, text.LastIndexOf('@'))];
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        var password = colon < 0 ? "" : userInfo[(colon + 1)..];
        return password.Length switch
        {
            0 => [],
            < Redaction.ShortestMaskedAnywhere => [password, Uri.UnescapeDataString(userInfo)],
            _ => [password],
        };
    }

    private static string Authority(string rest) => rest.Split('/', '?', '#', ' ')[0];

    [GeneratedRegex("://")]
    private static partial Regex Scheme();

    [GeneratedRegex("""
        (?<![A-Za-z])(?:sig|AccountKey|SharedAccessSignature|Password|Pwd|PassPhrase|SslPassword|Token|X-Amz-Signature|X-Amz-Security-Token)\s*=\s*
        (?<value>'(?:[^'\\]|\\.)*'|"[^"]*"|[^\s;&]+)
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Values();
}
