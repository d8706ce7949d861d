using System.Security.Cryptography;
using Belay.Backups.Compression;
using Belay.Settings;

namespace Belay.Tests.Backups.Compression;

public sealed class DumpCodecTests
{
    [Theory]
    [InlineData("zstd", "zstd:1")]
    [InlineData("zstd:19", "zstd:19")]
    [InlineData("gzip", "gzip:6")]
    [InlineData("native", "native")]
    [InlineData("native:0", "native:0")]
    [InlineData("native:zstd", "native:zstd:1")]
    [InlineData("native:zstd:19", "native:zstd:19")]
    [InlineData("none", "none")]
    public void Reads_a_codec(string text, string expected) => Assert.Equal(expected, DumpCodec.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("lz4")]
    [InlineData("ZSTD")]
    [InlineData("zstd:")]
    [InlineData("zstd:0")]
    [InlineData("zstd:20")]
    [InlineData("zstd:+1")]
    [InlineData("gzip:10")]
    [InlineData("none:1")]
    [InlineData("native:")]
    [InlineData("native:zstd:0")]
    [InlineData("native:lz4")]
    public void Refuses_another_codec(string text)
        => Assert.Equal(
            $"The compression '{text}' is not known; known are zstd[:1..19], gzip[:1..9], native[:0..9], native:zstd[:1..19] or none.",
            Assert.Throws<SettingsException>(() => DumpCodec.Parse(text)).Message);

    [Theory]
    [InlineData("zstd", 0)]
    [InlineData("zstd", 1)]
    [InlineData("zstd", 2 << 20)]
    [InlineData("zstd", (9 << 20) + 17)]
    [InlineData("gzip", 1)]
    [InlineData("gzip", (5 << 20) + 17)]
    public async Task Gives_back_what_it_was_given_in_its_order(string codec, int size)
    {
        var content = Mixed(size);
        using var decoded = new MemoryStream();
        await using (var decoder = DumpCodec.Parse(codec).Decode(new MemoryStream(await EncodeAsync(codec, content))))
        {
            await decoder.CopyToAsync(decoded, Token);
        }

        Assert.Equal(SHA256.HashData(content), SHA256.HashData(decoded.ToArray()));
    }

    [Theory]
    [InlineData("zstd", "cut")]
    [InlineData("zstd", "flipped")]
    [InlineData("zstd", "surplus")]
    [InlineData("gzip", "flipped")]
    public async Task Refuses_bytes_that_it_did_not_write(string codec, string damage)
    {
        var encoded = await EncodeAsync(codec, Mixed(3 << 20));
        encoded = damage switch { "cut" => encoded[..^10], "surplus" => [.. encoded, 1, 2, 3, 4, 5], _ => Flip(encoded) };
        await using var decoder = DumpCodec.Parse(codec).Decode(new MemoryStream(encoded));
        var exception = await Record.ExceptionAsync(() => decoder.CopyToAsync(Stream.Null, Token));
        Assert.True(exception is InvalidDataException or EndOfStreamException, $"{exception}");
    }

    [Fact]
    public async Task Stops_reading_when_the_store_refuses()
    {
        using var encoder = DumpCodec.Parse("zstd").CreateEncoder()!;
        var pump = new FramePump(encoder, (_, _) => throw new IOException("The store refused."));
        var exception = await Assert.ThrowsAsync<IOException>(
            () => pump.RunAsync(new MemoryStream(Mixed(40 << 20)), Token));
        Assert.Equal("The store refused.", exception.Message);
    }

    private static byte[] Flip(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private static byte[] Mixed(int size)
    {
        var content = new byte[size];
        new Random(7).NextBytes(content.AsSpan(0, size / 2));
        return content;
    }

    private static async Task<byte[]> EncodeAsync(string codec, byte[] content)
    {
        using var encoder = DumpCodec.Parse(codec).CreateEncoder()!;
        using var target = new MemoryStream();
        await new FramePump(encoder, target.WriteAsync).RunAsync(new MemoryStream(content), Token);
        return target.ToArray();
    }
}
