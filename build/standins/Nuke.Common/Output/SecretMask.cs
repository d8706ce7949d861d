namespace Nuke.Common.Output;

/// <summary>Masks the values of <see cref="SecretAttribute"/> parameters.</summary>
internal sealed class SecretMask
{
    private const string Mask = "***";

    /// <summary>Shorter values would mask half of every text.</summary>
    private const int ShortestMasked = 4;

    private readonly Lock gate = new();
    private string[] secrets = [];

    /// <summary>Masks a value from now on, also as it looks percent-encoded in an address.</summary>
    public void Remember(string secret)
    {
        lock (gate)
        {
            string[] forms = [.. secrets, secret, Uri.EscapeDataString(secret)];
            secrets = [.. forms.Where(form => form.Length >= ShortestMasked).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        }
    }

    /// <summary>The text with every secret replaced.</summary>
    public string Apply(string text)
    {
        foreach (var secret in Volatile.Read(ref secrets))
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return text;
    }
}
