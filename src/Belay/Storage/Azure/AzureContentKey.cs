using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Belay.Storage.Azure;

/// <summary>The key of one blob, which encrypts or decrypts its regions in their order.</summary>
internal sealed class AzureContentKey : IDisposable
{
    private const int Size = 32;

    /// <summary>The protocol's name stands before the wrapped key, filled up with zeros, so that no blob can be passed off as one of
    /// another protocol.</summary>
    private const int ProtocolSize = 8;

    private static readonly byte[] Protocol = Encoding.ASCII.GetBytes(AzureEncryptionData.Protocol.PadRight(ProtocolSize, '\0'));

    private readonly AesGcm cipher;
    private long regions;

    private AzureContentKey(ReadOnlySpan<byte> key, string note)
    {
        cipher = new AesGcm(key, AzureEncryptionData.TagSize);
        Note = note;
    }

    /// <summary>The blob's metadata <see cref="AzureEncryptionData.MetadataName"/>, by which whoever has the backup key finds this
    /// one.</summary>
    public string Note { get; }

    /// <summary>A random key for a new blob.</summary>
    public static AzureContentKey Make(BackupKey backupKey)
    {
        var content = new byte[ProtocolSize + Size];
        Protocol.CopyTo(content, 0);
        RandomNumberGenerator.Fill(content.AsSpan(ProtocolSize));
        var made = new AzureContentKey(
            content.AsSpan(ProtocolSize), AzureEncryptionData.Write(backupKey.Id, AzureKeyWrap.Wrap(backupKey, content)));
        CryptographicOperations.ZeroMemory(content);
        return made;
    }

    /// <summary>The key of a blob that is there.</summary>
    /// <exception cref="CryptographicException">It was not wrapped with this key, or is one of another protocol.</exception>
    public static AzureContentKey Unwrap(AzureEncryptionData data, BackupKey backupKey)
    {
        var content = AzureKeyWrap.Unwrap(backupKey, data.WrappedKey);
        if (content.Length != ProtocolSize + Size || !content.AsSpan(0, ProtocolSize).SequenceEqual(Protocol))
        {
            throw new CryptographicException("The wrapped key is not one of client-side encryption 2.0.");
        }

        var key = new AzureContentKey(content.AsSpan(ProtocolSize), "");
        CryptographicOperations.ZeroMemory(content);
        return key;
    }

    /// <summary>Encrypts the next region where it stands.</summary>
    /// <param name="nonce">Gets the region's number, from 1: no two regions of a key have the same.</param>
    /// <param name="tag">Gets what shows that nobody changed the region.</param>
    public void Encrypt(Span<byte> region, Span<byte> nonce, Span<byte> tag)
    {
        Next(nonce);
        cipher.Encrypt(nonce, region, region, tag);
    }

    /// <summary>Decrypts the next region where it stands.</summary>
    /// <exception cref="CryptographicException">It was changed, or is not the next one.</exception>
    public void Decrypt(Span<byte> region, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> tag)
    {
        Span<byte> expected = stackalloc byte[AzureEncryptionData.NonceSize];
        Next(expected);
        if (!nonce.SequenceEqual(expected))
        {
            throw new CryptographicException($"Region {regions} is another one.");
        }

        cipher.Decrypt(nonce, region, tag, region);
    }

    public void Dispose() => cipher.Dispose();

    private void Next(Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce[^sizeof(long)..], ++regions);
    }
}
