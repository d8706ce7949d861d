using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Belay.Reporting.Facts;
using Belay.Storage;

namespace Belay.Reporting.Chain;

/// <summary>Signs records with a pair of keys that follows from <c>RECORD_KEY</c>, so that there is one secret to keep.</summary>
internal sealed class RecordSigner : IDisposable
{
    /// <summary>The one algorithm that there is.</summary>
    public const string Algorithm = "ECDSA-P256-SHA256";

    /// <summary>16 bytes more than the curve's order has, so that the remainder favours no number.</summary>
    private const int DerivedBytes = 48;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("belay record signature P-256");

    /// <summary>How many points the curve's generator makes (FIPS 186-5).</summary>
    private static readonly BigInteger Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    private readonly ECDsa pair;

    /// <summary>Derives the pair: HKDF with SHA-256 for this purpose alone, taken modulo the curve's order less one, plus one.</summary>
    public RecordSigner(BackupKey key)
    {
        Span<byte> derived = stackalloc byte[DerivedBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, [], Purpose);
        var number = (new BigInteger(derived, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var secret = new byte[32];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(secret.AsSpan(secret.Length - bytes.Length));
        pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
        PublicKey = RecordPublicKey.Of(pair);
    }

    /// <summary>The key to check with.</summary>
    public RecordPublicKey PublicKey { get; }

    /// <summary>The seal of a text.</summary>
    public RecordSeal Sign(ReadOnlySpan<byte> text)
        => new(PublicKey.Id, Algorithm, Convert.ToBase64String(
            pair.SignData(text.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    /// <inheritdoc/>
    public void Dispose() => pair.Dispose();
}
