using System.Text;

namespace Belay;

/// <summary>The texts to look for so that a secret is found again. Escapes are not among them: they are
/// taken out of the text instead.</summary>
internal static class SecretForms
{
    /// <summary>The secret itself, and as it reads once escapes are taken out of it.</summary>
    /// <param name="secret">A secret of at least <see cref="Redaction.ShortestMaskedAnywhere"/> characters.</param>
    public static IEnumerable<string> Plain(string secret)
    {
        var read = UnescapedText.Whole(secret);
        return new[] { secret, read }.SelectMany(Spaced).Where(IsLongEnough);
    }

    /// <summary>Base64, base64url and hexadecimal digits of the secret's bytes, alone or in the midst of other bytes.</summary>
    public static IEnumerable<string> Encoded(string secret)
        => new[] { secret, UnescapedText.Whole(secret), FormDecoded(secret) }.Distinct(StringComparer.Ordinal)
            .Select(Encoding.UTF8.GetBytes)
            .SelectMany(bytes => Base64(bytes).Append(Convert.ToHexString(bytes)).Append(Convert.ToHexStringLower(bytes)))
            .Where(IsLongEnough);

    private static bool IsLongEnough(string form) => form.Length >= Redaction.ShortestMaskedAnywhere;

    /// <summary>A form writes a space as a plus sign, and a line may have been wrapped at a space.</summary>
    private static IEnumerable<string> Spaced(string text)
    {
        yield return text;
        if (text.Contains('+', StringComparison.Ordinal))
        {
            yield return text.Replace('+', ' ');
        }

        if (text.Contains(' ', StringComparison.Ordinal))
        {
            yield return text.Replace(' ', '+');
            for (var space = text.IndexOf(' ', StringComparison.Ordinal); space >= 0; space = text.IndexOf(' ', space + 1))
            {
                yield return text.Remove(space, 1);
            }
        }
    }

    private static string FormDecoded(string secret) => UnescapedText.Whole(secret.Replace('+', ' '));

    /// <summary>
    /// Base64 writes three bytes as four characters, so the secret looks different at each of the three places where it can begin.
    /// Characters that hold bits of its neighbours too are left out.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * 8) + 5) / 6;
            var end = (before + bytes.Length) * 8 / 6;
            var own = text[first..end];
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }
}
