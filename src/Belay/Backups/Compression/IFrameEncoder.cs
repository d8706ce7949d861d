namespace Belay.Backups.Compression;

/// <summary>Compresses blocks independently of each other, on several threads at once.</summary>
internal interface IFrameEncoder : IDisposable
{
    /// <summary>Compresses one block.</summary>
    EncodedFrame Encode(ReadOnlySpan<byte> block);
}
