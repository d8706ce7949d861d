using Belay.Backups.Compression;
using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>Chooses the codec by what was asked for and what the tools found can do.</summary>
internal static class CodecChoice
{
    private const int FirstWithZstd = 16;

    /// <summary>pg_dump checks its options first and then looks for this server, which is not there.</summary>
    private static readonly string[] Trial = ["--format=custom", "--compress=zstd", "--no-password", "--host=/nonexistent", "postgres"];

    /// <summary>The codec asked for. Where pg_dump lacks zstd, zstd outside pg_dump stands in for <c>native:zstd</c>,
    /// with a warning.</summary>
    /// <param name="text">The codec as the user wrote it; null for <c>zstd:1</c> outside pg_dump: as fast as pg_dump's own by measurement,
    /// with a checksum, and readable by every pg_restore.</param>
    /// <exception cref="Settings.SettingsException">There is no such codec or level.</exception>
    public static async Task<DumpCodec> MakeAsync(
        string? text, PostgresTools tools, IReleaseOutput output, CancellationToken cancellationToken)
    {
        var wanted = DumpCodec.Parse(text ?? "zstd:1");
        if (wanted.Name != DumpCodec.NativeZstd)
        {
            return wanted;
        }

        var fault = tools.Major < FirstWithZstd
            ? $"pg_dump {tools.Version} has no zstd, which came with PostgreSQL {FirstWithZstd}"
            : await TryAsync(tools, cancellationToken);
        if (fault is null)
        {
            return wanted;
        }

        var instead = DumpCodec.Parse($"zstd:{wanted.Level}");
        output.Warn($"{fault}; {instead} compresses outside pg_dump instead.");
        return instead;
    }

    private static async Task<string?> TryAsync(PostgresTools tools, CancellationToken cancellationToken)
    {
        var outcome = await new PostgresProgram(tools, "pg_dump") { Arguments = Trial }.RunAsync(cancellationToken);
        return outcome.Errors.Contains("does not support compression", StringComparison.Ordinal)
            || outcome.Errors.Contains("not built with zstd", StringComparison.Ordinal)
            ? $"pg_dump {tools.Version} was built without zstd"
            : null;
    }
}
