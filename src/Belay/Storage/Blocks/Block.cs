using System.Buffers;
using System.Security.Cryptography;

namespace Belay.Storage.Blocks;

/// <summary>The bytes of one block in rented segments, with their MD5 computed as they arrive.</summary>
internal sealed class Block(ArrayPool<byte> pool, int index, long capacity) : IDisposable
{
    /// <summary>Huge blocks are made of these, because one array cannot hold 4000 MiB and pools round sizes up.</summary>
    public const int SegmentSize = 1 << 20;

    private readonly List<byte[]> segments = [];
#pragma warning disable CA5351 // MD5 is what the stores check a block's transfer with; it protects from accidents only.
    private readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private byte[]? hash;

    /// <summary>The block's place in the object, from zero.</summary>
    public int Index => index;

    public long Length { get; private set; }

    public bool IsFull => Length == capacity;

    /// <summary>The MD5 of all bytes; no bytes can follow.</summary>
    public byte[] Hash => hash ??= md5.GetHashAndReset();

    /// <summary>A new view of the bytes, from their start.</summary>
    public Stream OpenRead() => new SegmentStream(segments, Length);

    /// <summary>Copies as many bytes as fit.</summary>
    /// <returns>How many were taken.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !IsFull)
        {
            var offset = (int)(Length % SegmentSize);
            if (offset == 0)
            {
                segments.Add(pool.Rent(SegmentSize));
            }

            var count = (int)Math.Min(Math.Min(SegmentSize - offset, bytes.Length - taken), capacity - Length);
            var part = bytes.Slice(taken, count);
            part.CopyTo(segments[^1].AsSpan(offset));
            md5.AppendData(part);
            taken += count;
            Length += count;
        }

        return taken;
    }

    public void Dispose()
    {
        segments.ForEach(segment => pool.Return(segment));
        segments.Clear();
        md5.Dispose();
    }
}
