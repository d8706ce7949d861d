using System.Security.Cryptography;
using Belay.Storage;

namespace Belay.Backups.Taking;

/// <summary>Hashes and counts the stored bytes on their way into the store.</summary>
internal sealed class DumpReceiver(IObjectUpload upload) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Size { get; private set; }

    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        hash.AppendData(bytes.Span);
        Size += bytes.Length;
        await upload.WriteAsync(bytes, cancellationToken);
    }

    public void Dispose() => hash.Dispose();
}
