using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Belay.Storage.Azure;

/// <summary>The random key of one blob, and what is noted beside the blob so that whoever has the backup key can decrypt it.</summary>
internal sealed class AzureContentKey : IDisposable
{
    private const int Size = 32;

    /// <summary>The protocol's name stands before the wrapped key, filled up with zeros, so that no blob can be passed off as one of
    /// another protocol.</summary>
    private const int ProtocolSize = 8;

    private readonly AesGcm cipher;
    private long regions;

    /// <param name="wrapping">The backup key.</param>
    public AzureContentKey(BackupKey wrapping)
    {
        var content = new byte[ProtocolSize + Size];
        Encoding.ASCII.GetBytes(AzureEncryptionData.Protocol, content);
        RandomNumberGenerator.Fill(content.AsSpan(ProtocolSize));
        cipher = new AesGcm(content.AsSpan(ProtocolSize), AzureEncryptionData.TagSize);
        Note = AzureEncryptionData.Write(wrapping.Id, new AzureKeyWrap(wrapping).WrapKey(AzureKeyWrap.Algorithm, content));
        CryptographicOperations.ZeroMemory(content);
    }

    /// <summary>The blob's metadata <see cref="AzureEncryptionData.MetadataName"/>.</summary>
    public string Note { get; }

    /// <summary>Encrypts the next region where it stands.</summary>
    /// <param name="nonce">Gets the region's number, from 1: no two regions of a key have the same, and who decrypts demands their
    /// order.</param>
    /// <param name="tag">Gets what shows that nobody changed the region.</param>
    public void Encrypt(Span<byte> region, Span<byte> nonce, Span<byte> tag)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce[^sizeof(long)..], ++regions);
        cipher.Encrypt(nonce, region, region, tag);
    }

    public void Dispose() => cipher.Dispose();
}
