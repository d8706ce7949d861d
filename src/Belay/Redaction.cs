namespace Belay;

/// <summary>Masks every secret that this process has seen, in any text that leaves it, whatever form it comes back in.</summary>
public static class Redaction
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>A shorter secret is masked only where it stands as a whole value: elsewhere "15" or
    /// "abc" would mask half of every text.</summary>
    public const int ShortestMaskedAnywhere = 4;

    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Remembered = new(StringComparer.Ordinal);
    private static SecretSearch? current;

    /// <summary>Remembers a secret, and the passwords, keys and signatures inside it when it is an
    /// address or a connection string.</summary>
    /// <param name="secret">The secret text; an empty one is ignored.</param>
    public static void Remember(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        lock (Gate)
        {
            foreach (var part in SecretParts.Of(secret))
            {
                if (Remembered.Add(part))
                {
                    current = null;
                }
            }
        }
    }

    /// <summary>The text with every remembered secret replaced by <see cref="Mask"/>. Secrets that overlap share one mask.</summary>
    /// <param name="text">Any text on its way to a terminal, a file or an exception.</param>
    public static string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Search().Apply(text);
    }

    /// <summary>The text, or its beginning with how long it is in all. Secrets are masked before the cut could take one apart: nobody would
    /// know its half again.</summary>
    /// <param name="longest">The most characters that stay.</param>
    internal static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var masked = Apply(text);
        return $"{masked[..Math.Min(longest, masked.Length)]}… ({text.Length} characters in all)";
    }

    /// <summary>What is remembered now, ready to be looked for.</summary>
    internal static SecretSearch Search()
    {
        lock (Gate)
        {
            return current ??= new SecretSearch(Remembered);
        }
    }
}
