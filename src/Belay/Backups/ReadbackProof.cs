using Belay.Postgres;

namespace Belay.Backups;

/// <summary>Has pg_restore decode the whole archive, without a server.</summary>
internal sealed class ReadbackProof(PostgresTools tools, TimeProvider timeProvider)
{
    public async Task<ProofEvidence> ProveAsync(ReadbackSource source, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            // Without -f it would ask for a database; its script goes through the pipe and is dropped there.
            Arguments = ["-f", OperatingSystem.IsWindows() ? "-" : "/dev/null"],
            Feed = source.FeedAsync,
        }.RunAsync(cancellationToken);
        if (outcome.WasKilled)
        {
            throw new BackupException($"The dump '{source.Manifest.ObjectName}' was not read back: pg_restore {outcome.Describe()}", "Nothing is known of the dump; run the command again.");
        }

        if (outcome.ExitCode != 0)
        {
            throw new DamagedDumpException($"The archive in '{source.Manifest.ObjectName}' cannot be read to its end: pg_restore {outcome.Describe()}");
        }

        source.DemandEnd();
        return new ProofEvidence(
            ProofLevel.Readback,
            timeProvider.GetUtcNow(),
            [$"SHA-256 equal over {source.Bytes} bytes", "pg_restore decoded the archive to its end"],
            timeProvider.GetElapsedTime(started).TotalSeconds);
    }
}
