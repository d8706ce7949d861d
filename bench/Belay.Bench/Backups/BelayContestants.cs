namespace Belay.Bench.Backups;

/// <summary>Belay's own backups.</summary>
internal sealed class BelayContestants(BenchPlace place)
{
    private static readonly string[] Codecs = ["zstd:1", "zstd:3", "gzip:1", "native", "none"];

    /// <summary>As the product runs: proven by the transport (e), and read back (f).</summary>
    public IReadOnlyList<Contestant> Proofs() =>
    [
        Create("e", "Belay, transport proof, into Azurite", []),
        Create("f", "Belay, readback proof, into Azurite", [BackupOnce.ReadbackOption]),
    ];

    /// <summary>By two workers of pg_dump (h), and the same read back (i).</summary>
    public IReadOnlyList<Contestant> Parallel() =>
    [
        Create("h", "Belay --parallel 2, transport proof, into Azurite", [BackupOnce.ParallelOption, "2"]),
        Create("i", "Belay --parallel 2, readback proof, into Azurite", [BackupOnce.ParallelOption, "2", BackupOnce.ReadbackOption]),
    ];

    /// <summary>One for each codec, with transport proof.</summary>
    public IReadOnlyList<Contestant> ByCodec()
        => [.. Codecs.Select(codec => Create(codec, codec, [BackupOnce.CompressionOption, codec]))];

    private Contestant Create(string key, string name, string[] options)
    {
        var prefix = key.Replace(':', '-');
        return new Contestant
        {
            Key = key,
            Name = name,
            Command = [Environment.ProcessPath!, BackupOnce.Verb, .. options],
            Environment = BackupOnce.Variables(place, prefix),
            CollectAsync = cancellationToken => StoredObjects.CollectAsync(place.Store(prefix), cancellationToken),
        };
    }
}
