using System.Buffers.Binary;

namespace Belay.Backups.Compression;

/// <summary>The bounds of a zstd frame that stands whole in memory, as <see cref="ZstdFrames"/> writes it (RFC 8878, 3.1.1).</summary>
/// <param name="Length">How many bytes it has.</param>
/// <param name="ContentSize">How many bytes it decodes to, as its head says.</param>
internal readonly record struct ZstdFrame(int Length, int ContentSize)
{
    private const uint Magic = 0xFD2FB528;
    private const int MagicSize = 4;
    private const int BlockHeadSize = 3;
    private const int ChecksumSize = 4;
    private const int RepeatedByte = 1;

    /// <summary>Finds the frame at the beginning of some bytes.</summary>
    /// <param name="most">How large its content may be.</param>
    /// <param name="frame">The frame, when it is there to its last byte.</param>
    /// <returns>False when it is another one: without its content's size, with a larger content, with a dictionary, or none at all. With
    /// more bytes, one that is cut becomes whole or another.</returns>
    public static bool TryFind(ReadOnlySpan<byte> bytes, int most, out ZstdFrame? frame)
    {
        frame = null;
        if (bytes.Length <= MagicSize)
        {
            return true;
        }

        // Bits 6 and 7: the size of the content's size; 5: no window is named; 3: reserved; 2: a checksum; 0 and 1: a dictionary.
        var descriptor = bytes[MagicSize];
        var (isSingle, sizeFlag) = ((descriptor & 0x20) != 0, descriptor >> 6);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || (descriptor & 0x0B) != 0 || (sizeFlag == 0 && !isSingle))
        {
            return false;
        }

        var (sizeAt, sizeSize) = (MagicSize + 1 + (isSingle ? 0 : 1), 1 << sizeFlag);
        if (bytes.Length < sizeAt + sizeSize)
        {
            return true;
        }

        var content = SizeIn(bytes.Slice(sizeAt, sizeSize));
        if (content > (ulong)most || !TryWalk(bytes, sizeAt + sizeSize, out var end))
        {
            return false;
        }

        end += (descriptor & 0x04) == 0 ? 0 : ChecksumSize;
        frame = end is { } length && length <= bytes.Length ? new ZstdFrame(length, (int)content) : null;
        return true;
    }

    private static ulong SizeIn(ReadOnlySpan<byte> field) => field.Length switch
    {
        1 => field[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(field) + 256UL,
        4 => BinaryPrimitives.ReadUInt32LittleEndian(field),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(field),
    };

    /// <summary>Walks over the blocks.</summary>
    /// <param name="end">Where the last one ends; null when that is not among the bytes.</param>
    /// <returns>False for a kind of block that is reserved.</returns>
    private static bool TryWalk(ReadOnlySpan<byte> bytes, int at, out int? end)
    {
        end = null;
        while (at + BlockHeadSize <= bytes.Length)
        {
            var head = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
            var (isLast, kind, size) = ((head & 1) != 0, (head >> 1) & 3, head >> 3);
            if (kind == 3)
            {
                return false;
            }

            at += BlockHeadSize + (kind == RepeatedByte ? 1 : size);
            if (isLast)
            {
                end = at;
                return true;
            }
        }

        return true;
    }
}
