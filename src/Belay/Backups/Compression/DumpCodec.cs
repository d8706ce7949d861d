using System.Globalization;
using Belay.Settings;
using ZstdSharp;

namespace Belay.Backups.Compression;

/// <summary>How pg_dump's output becomes the stored bytes and back. What it writes, the standard tools undo: <c>zstd -d</c>, <c>gunzip</c>.</summary>
public sealed record DumpCodec
{
    private const string Known = "zstd[:1..19], gzip[:1..9], native[:0..9] or none";

    private DumpCodec(string name, int? level) => (Name, Level) = (name, level);

    /// <summary><c>zstd</c>, <c>gzip</c>, <c>native</c> or <c>none</c>.</summary>
    public string Name { get; }

    /// <summary>The level; null for pg_dump's own default and for <c>none</c>.</summary>
    public int? Level { get; }

    /// <summary>The end of the dump's object name.</summary>
    public string Extension => Name switch { "zstd" => ".dump.zst", "gzip" => ".dump.gz", _ => ".dump" };

    /// <summary>Reads a codec as people write it and as manifests hold it.</summary>
    /// <param name="text"><c>name[:level]</c>; null for <c>zstd:1</c>, the fastest by measurement.</param>
    /// <exception cref="SettingsException">There is no such codec or level.</exception>
    public static DumpCodec Parse(string? text)
    {
        var parts = (text ?? "zstd").Split(':', 2);
        (int Lowest, int Highest, int? Usual)? range = parts[0] switch
        {
            "zstd" => (1, 19, 1),
            "gzip" => (1, 9, 6),
            "native" => (0, 9, null),
            "none" when parts.Length == 1 => (0, 0, null),
            _ => null,
        };
        if (range is not { } allowed)
        {
            throw Fault(text);
        }

        if (parts.Length == 1)
        {
            return new DumpCodec(parts[0], allowed.Usual);
        }

        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level >= allowed.Lowest && level <= allowed.Highest
            ? new DumpCodec(parts[0], level)
            : throw Fault(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Level is null ? Name : $"{Name}:{Level}";

    /// <summary>What pg_dump itself is told of compression.</summary>
    internal IReadOnlyList<string> DumpArguments => Name == "native" ? (Level is null ? [] : [$"-Z{Level}"]) : ["-Z0"];

    /// <summary>What compresses outside pg_dump; null when nothing does.</summary>
    internal IFrameEncoder? CreateEncoder() => Name switch
    {
        "zstd" => new ZstdFrames(Level ?? 1),
        "gzip" => new GzipMembers(Level ?? 6),
        _ => null,
    };

    /// <summary>The archive as pg_restore reads it. Reading throws for a wrong checksum and for a frame cut short.</summary>
    /// <param name="stored">The stored bytes; left open.</param>
    internal Stream Decode(Stream stored) => Name switch
    {
        "zstd" => new DecompressionStream(stored, checkEndOfStream: true, leaveOpen: true),
        "gzip" => new System.IO.Compression.GZipStream(stored, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true),
        _ => new BufferedStream(stored),
    };

    private static SettingsException Fault(string? text)
        => new($"The compression '{text}' is not known; known are {Known}.", "./build.sh Backup --compression zstd");
}
