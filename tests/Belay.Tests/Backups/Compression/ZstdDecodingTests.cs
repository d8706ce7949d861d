using System.Buffers;
using Belay.Backups.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Belay.Tests.Backups.Compression;

/// <summary>Frames are decoded in parallel where they are of the kind that backups have, and whatever else is zstd in a row.</summary>
public sealed class ZstdDecodingTests
{
    private static readonly byte[] Content = Mixed(3 << 20);

    public static TheoryData<string> Kinds
        => ["a frame", "two frames", "without sizes", "too large", "after a frame", "skippable", "empty"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Decodes_every_kind_of_frame(string kind)
    {
        var (packed, content) = Make(kind);
        foreach (var piece in new[] { 7, int.MaxValue })
        {
            using var decoded = new MemoryStream();
            await using (var stream = Open(packed, piece))
            {
                await stream.CopyToAsync(decoded, Token);
            }

            Assert.True(content.AsSpan().SequenceEqual(decoded.ToArray()), $"{kind} in pieces of {piece}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decodes_with_the_library_in_C_and_with_that_in_C_sharp(bool isNative)
    {
        using var decoder = new ZstdFrameDecoder(isNative);
        var packed = Frame(Content);

        Assert.True(Content.AsSpan().SequenceEqual(decoder.Decode(Pooled(packed), Content.Length)));

        packed[^1] ^= 1;
        Assert.Equal(
            "Restored data doesn't match checksum",
            Assert.Throws<InvalidDataException>(() => decoder.Decode(Pooled(packed), Content.Length)).Message);
    }

    [Fact]
    public void Finds_a_frame_only_when_all_of_it_is_there()
    {
        var packed = Frame(Content);
        foreach (var length in new[] { 0, 3, 5, 8, 100, packed.Length - 1 })
        {
            Assert.True(ZstdFrame.TryFind(packed.AsSpan(0, length), 4 << 20, out var cut));
            Assert.Null(cut);
        }

        Assert.True(ZstdFrame.TryFind([.. packed, 1, 2, 3], 4 << 20, out var frame));
        Assert.Equal(new ZstdFrame(packed.Length, Content.Length), frame);
        Assert.False(ZstdFrame.TryFind(packed, Content.Length - 1, out _));
    }

    [Theory]
    [InlineData(-1, "Premature end of stream")]
    [InlineData(-200_000, "Premature end of stream")]
    [InlineData(1, "Unknown frame descriptor")]
    public async Task Tells_a_last_frame_that_is_cut_and_what_follows_it(int difference, string message)
    {
        byte[] two = [.. Frame(Content), .. Frame(Content), 9];
        await using var stream = Open(two[..(two.Length - 1 + difference)], int.MaxValue);

        var fault = await Record.ExceptionAsync(() => stream.CopyToAsync(Stream.Null, Token));

        Assert.True(fault is InvalidDataException or EndOfStreamException, $"{fault}");
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public async Task Lets_the_stream_below_go_when_nobody_reads_to_the_end()
    {
        byte[] packed = [.. Enumerable.Repeat(Frame(Content), 40).SelectMany(frame => frame)];
        var below = new MemoryStream(packed);
        await using (var stream = new ZstdDecodingStream(below))
        {
            Assert.Equal(10, await stream.ReadAsync(new byte[10], Token));
        }

        var position = below.Position;
        Assert.InRange(position, 1, packed.Length - 1);
        Assert.Equal(packed[position], below.ReadByte());
    }

    [Fact]
    public async Task Passes_on_what_the_stream_below_throws()
    {
        await using var stream = new ZstdDecodingStream(new FailingStream(Frame(Content)));

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => stream.CopyToAsync(Stream.Null, Token));

        Assert.Equal("The store is silent.", fault.Message);
    }

    private static ZstdDecodingStream Open(byte[] packed, int piece)
        => new(new PiecewiseStream(packed, piece));

    private static (byte[] Packed, byte[] Content) Make(string kind) => kind switch
    {
        "a frame" => (Frame(Content), Content),
        "two frames" => ([.. Frame(Content), .. Frame(Content)], [.. Content, .. Content]),
        "without sizes" => (Streamed(Content), Content),
        "too large" => (Frame(Mixed(9 << 20)), Mixed(9 << 20)),
        "after a frame" => ([.. Frame(Content), .. Streamed(Content), .. Frame(Content)], [.. Content, .. Content, .. Content]),
        "skippable" => ([0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2, .. Frame(Content)], Content),
        _ => ([], []),
    };

    private static EncodedFrame Pooled(byte[] packed)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(packed.Length);
        packed.CopyTo(buffer, 0);
        return new EncodedFrame(buffer, packed.Length);
    }

    private static byte[] Frame(byte[] content)
    {
        using var compressor = new Compressor(1);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(content).ToArray();
    }

    private static byte[] Streamed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new CompressionStream(packed, 1, leaveOpen: true))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Mixed(int size)
    {
        var content = new byte[size];
        new Random(7).NextBytes(content.AsSpan(0, size / 2));
        return content;
    }

    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }

    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => Position == Length ? throw new TimeoutException("The store is silent.") : base.ReadAsync(buffer, cancellationToken);
    }
}
