using System.Collections.Concurrent;

namespace Belay;

/// <summary>Masks every secret that this process has seen, in any text that leaves it.</summary>
public static class Redaction
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>Shorter values would mask half of every text ("a", "15").</summary>
    private const int ShortestMasked = 4;

    private static readonly ConcurrentDictionary<string, byte> Remembered = new(StringComparer.Ordinal);

    /// <summary>Remembers a secret, also as it looks percent-encoded in an address.</summary>
    /// <param name="secret">The secret text; ignored when shorter than four characters.</param>
    public static void Remember(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret) })
        {
            if (form.Length >= ShortestMasked)
            {
                Remembered.TryAdd(form, 0);
            }
        }
    }

    /// <summary>The text with every remembered secret replaced by <see cref="Mask"/>, longest first.</summary>
    /// <param name="text">Any text on its way to a terminal, a file or an exception.</param>
    public static string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in Remembered.Keys.Where(secret => text.Contains(secret, StringComparison.Ordinal)).OrderByDescending(secret => secret.Length))
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return text;
    }
}
