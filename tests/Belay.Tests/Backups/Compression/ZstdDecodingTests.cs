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

    [Fact]
    public async Task Leaves_a_stream_of_a_network_readable_behind_a_damaged_frame()
    {
        var damaged = Frame(Content);
        damaged[^1] ^= 1;
        var below = new SlowStream([.. damaged, 1, 2, 3], damaged.Length);
        var stream = new ZstdDecodingStream(below);
        await Assert.ThrowsAsync<InvalidDataException>(() => stream.CopyToAsync(Stream.Null, Token));
        await below.IsReadOn.WaitAsync(Token);

        var disposal = stream.DisposeAsync().AsTask();
        below.Answer();
        await disposal;

        Assert.False(below.IsBroken);
        Assert.InRange(below.Position, damaged.Length, below.Length);
    }

    [Fact]
    public async Task Lets_a_stream_of_a_network_go_at_once_when_the_reader_is_cancelled()
    {
        var below = new SlowStream(Frame(Content), 100);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stream = new ZstdDecodingStream(below);
        var copying = stream.CopyToAsync(Stream.Null, cancellation.Token);
        await below.IsReadOn.WaitAsync(Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
        await stream.DisposeAsync();

        Assert.True(below.IsBroken);
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

    /// <summary>Answers no further at some place until it is told to, and never again after a read that was cancelled.</summary>
    private sealed class SlowStream(byte[] bytes, int place) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsReadOn => reached.Task;

        public bool IsBroken { get; private set; }

        public void Answer() => answered.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= place)
            {
                reached.TrySetResult();
                try
                {
                    await answered.Task.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    IsBroken = true;
                    throw;
                }
            }

            var most = Position < place ? (int)Math.Min(buffer.Length, place - Position) : buffer.Length;
            return await base.ReadAsync(buffer[..most], cancellationToken);
        }
    }
}
