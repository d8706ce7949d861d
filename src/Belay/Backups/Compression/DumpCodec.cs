using System.Globalization;
using Belay.Settings;

namespace Belay.Backups.Compression;

/// <summary>How pg_dump's output becomes the stored bytes and back. What it writes, the standard tools undo:
/// <c>zstd -d</c>, <c>gunzip</c>, pg_restore.</summary>
internal sealed record DumpCodec
{
    /// <summary>pg_dump's own zstd, from PostgreSQL 16 on.</summary>
    internal const string NativeZstd = "native:zstd";

    /// <summary>What may be asked for, in the help.</summary>
    internal const string Help = "zstd, gzip, native, native:zstd (pg_dump 16+) or none, with :level";

    private static readonly Dictionary<string, (int Lowest, int Highest, int? Usual)> Levels = new(StringComparer.Ordinal)
    {
        ["zstd"] = (1, 19, 1),
        ["gzip"] = (1, 9, 6),
        ["native"] = (0, 9, null),
        [NativeZstd] = (1, 19, 1),
        ["none"] = (0, -1, null),
    };

    /// <summary>What may be asked for, with the levels.</summary>
    internal static readonly string Known = WordList.Or(
        [.. Levels.Select(codec => codec.Value.Highest < 0 ? codec.Key : $"{codec.Key}[:{codec.Value.Lowest}..{codec.Value.Highest}]")]);

    private DumpCodec(string name, int? level) => (Name, Level) = (name, level);

    /// <summary><c>zstd</c>, <c>gzip</c>, <c>native</c>, <c>native:zstd</c> or <c>none</c>.</summary>
    public string Name { get; }

    /// <summary>The level; null for pg_dump's own default and for <c>none</c>.</summary>
    public int? Level { get; }

    /// <summary>The end of the dump's object name.</summary>
    public string Extension => ".dump" + PartExtension;

    /// <summary>Reads a codec as people write it and as manifests hold it.</summary>
    /// <param name="text"><c>name[:level]</c>.</param>
    /// <exception cref="SettingsException">There is no such codec or level.</exception>
    public static DumpCodec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Find(text) ?? throw new SettingsException(
            $"The compression '{text}' is not known; known are {Known}.", "./build.sh Backup --compression zstd");
    }

    /// <summary>Whether there is such a codec and level.</summary>
    internal static bool IsKnown(string text) => Find(text) is not null;

    private static DumpCodec? Find(string text)
    {
        if (Levels.TryGetValue(text, out var range))
        {
            return new DumpCodec(text, range.Usual);
        }

        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? "" : text[..colon];
        return Levels.TryGetValue(name, out range)
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && level >= range.Lowest && level <= range.Highest
            ? new DumpCodec(name, level)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Level is null ? Name : $"{Name}:{Level}";

    /// <summary>What is added to the name of each file of a directory dump.</summary>
    internal string PartExtension => Name switch { "zstd" => ".zst", "gzip" => ".gz", _ => "" };

    /// <summary>What pg_dump itself is told of compression.</summary>
    internal IReadOnlyList<string> DumpArguments => Name switch
    {
        "native" => Level is null ? [] : [$"-Z{Level}"],
        NativeZstd => [$"--compress=zstd:{Level}"],
        _ => ["-Z0"],
    };

    /// <summary>What compresses outside pg_dump; null when nothing does.</summary>
    internal IFrameEncoder? CreateEncoder() => Name switch
    {
        "zstd" => ZstdFrames.Create(Level ?? 1),
        "gzip" => new GzipMembers(Level ?? 6),
        _ => null,
    };

    /// <summary>The archive as pg_restore reads it. Reading throws for a wrong checksum and for a frame cut short.</summary>
    /// <param name="stored">The stored bytes; left open. Another thread may read them until the archive is disposed.</param>
    internal Stream Decode(Stream stored) => Name switch
    {
        "zstd" => Unpack(stored, ".zst"),
        "gzip" => Unpack(stored, ".gz"),
        _ => new BufferedStream(stored),
    };

    /// <summary>Decompresses by a file's name; a name without a codec's ending passes through.</summary>
    internal static Stream Unpack(Stream packed, string fileName) => Path.GetExtension(fileName) switch
    {
        ".zst" => new ZstdDecodingStream(packed),
        ".gz" => new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true),
        _ => new BufferedStream(packed),
    };
}
