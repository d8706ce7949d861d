using System.Security.Cryptography;
using System.Text;
using Belay.Reporting.Facts;

namespace Belay.Reporting.Chain;

/// <summary>A public key that records are checked with. Whoever has it can sign nothing.</summary>
internal sealed class RecordPublicKey
{
    private const string Curve = "1.2.840.10045.3.1.7";

    private readonly byte[] subjectPublicKeyInfo;

    private RecordPublicKey(byte[] subjectPublicKeyInfo) => this.subjectPublicKeyInfo = subjectPublicKeyInfo;

    /// <summary>What tells it from others.</summary>
    public string Id => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo))[..16]}";

    /// <summary>The key in Base64, as <c>RECORD_PUBLIC_KEY</c> takes it: the inner part of a PEM file on one line.</summary>
    public string Text => Convert.ToBase64String(subjectPublicKeyInfo);

    /// <summary>Reads a key; null when the text is none of the curve P-256.</summary>
    /// <param name="text">The key in Base64, with or without the lines of PEM around it.</param>
    public static RecordPublicKey? TryParse(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal));
        try
        {
            return Of(Convert.FromBase64String(string.Concat(lines.Select(line => line.Trim()))));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The public half of a pair of keys.</summary>
    internal static RecordPublicKey Of(ECDsa pair) => new(pair.ExportSubjectPublicKeyInfo());

    /// <summary>Whether a seal is one of this key over a text.</summary>
    public bool Verifies(RecordSeal seal, ReadOnlySpan<byte> text)
    {
        var signature = new byte[Encoding.ASCII.GetMaxByteCount(seal.Signature.Length)];
        if (!Convert.TryFromBase64String(seal.Signature, signature, out var length))
        {
            return false;
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return key.VerifyData(text, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static RecordPublicKey? Of(byte[] bytes)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(bytes, out var read);
        return read == bytes.Length && key.ExportParameters(false).Curve.Oid.Value == Curve ? new RecordPublicKey(bytes) : null;
    }
}
