using System.Security.Cryptography;
using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Proving;
using Belay.Tests.Support;
using ZstdSharp;

namespace Belay.Tests.Backups.Proving;

public sealed class ReadbackSourceTests
{
    private const string Name = "app/20251012T115800Z-aa.dump";
    private static readonly byte[] Archive = [.. Enumerable.Range(0, 100_000).Select(number => (byte)(number * number))];
    private readonly MemoryStore store = new();

    [Theory]
    [InlineData("none")]
    [InlineData("zstd:1")]
    public async Task Feeds_the_whole_archive_when_its_SHA_256_is_the_written_one(string codec)
    {
        var source = Source(Encode(codec), codec);
        using var program = new MemoryStream();

        await source.FeedAsync(program, Token);
        source.DemandEnd();

        Assert.Equal(Archive, program.ToArray());
        Assert.Equal(store.Bytes(Name).Length, source.Bytes);
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("none", 50_000)]
    [InlineData("none", 99_999)]
    [InlineData("zstd:1", 0)]
    [InlineData("zstd:1", 20)]
    public async Task Refuses_a_dump_of_which_one_bit_is_another(string codec, int place)
    {
        var written = Encode(codec);
        var source = Source(written, codec);
        var damaged = (byte[])written.Clone();
        damaged[place] ^= 1;
        store.Put(Name, damaged);

        var damage = await Assert.ThrowsAsync<DamagedDumpException>(() => source.FeedAsync(Stream.Null, Token));

        Assert.Equal(
            $"The dump '{Name}' is not what was written: its SHA-256 is {Hash(damaged)}, its manifest says {Hash(written)}.",
            damage.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Refuses_a_dump_with_a_byte_less_or_more(int difference)
    {
        var source = Source(Archive, "none");
        byte[] longer = [.. Archive, 7];
        store.Put(Name, longer[..(Archive.Length + difference)]);

        var damage = await Assert.ThrowsAsync<DamagedDumpException>(() => source.FeedAsync(Stream.Null, Token));

        Assert.Contains($"its manifest says {Hash(Archive)}", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_was_written_as_it_is_but_is_not_what_its_codec_says()
    {
        var damage = await Assert.ThrowsAsync<DamagedDumpException>(() => Source(Archive, "zstd:1").FeedAsync(Stream.Null, Token));

        Assert.StartsWith($"The dump '{Name}' cannot be decoded as zstd:1: ", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hashes_to_the_end_what_a_program_no_longer_reads_and_says_that_the_archive_goes_on()
    {
        var source = Source(Archive, "none");

        await source.FeedAsync(new ClosedStream(), Token);

        Assert.Equal(Archive.Length, source.Bytes);
        Assert.Equal($"The dump '{Name}' goes on after its archive's end.", Assert.Throws<DamagedDumpException>(source.DemandEnd).Message);
    }

    private static byte[] Encode(string codec)
    {
        using var compressor = new Compressor(1);
        return codec == "none" ? Archive : compressor.Wrap(Archive).ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private ReadbackSource Source(byte[] stored, string codec)
    {
        store.Put(Name, stored);
        var manifest = Manifests.Make(Manifests.Noon) with
        {
            ObjectName = Name,
            Codec = codec,
            Size = stored.Length,
            Sha256 = Hash(stored),
        };
        return new ReadbackSource(
            store, manifest, manifest.DumpParts[0], new TransferProgress("Read back", new TestOutput(), TimeProvider.System));
    }

    /// <summary>The standard input of a program that has ended.</summary>
    private sealed class ClosedStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            => throw new IOException("Broken pipe");
    }
}
