using Belay.Backups.Archive;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Has pg_restore read a dump that is one archive, while it is downloaded.</summary>
internal sealed class ArchiveReader(ReadbackSource source, PostgresTools tools) : IDumpReader
{
    private IReadOnlyList<string> Facts => [$"SHA-256 equal over {source.Bytes} bytes", "pg_restore decoded the archive to its end"];

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            // Without -f it would ask for a database; its script goes through the pipe and is dropped there.
            Arguments = ["-f", OperatingSystem.IsWindows() ? "-" : "/dev/null"],
            Feed = source.FeedAsync,
        }.RunAsync(cancellationToken);
        RestoreFaults.DemandReadable(tools, source.Manifest, outcome);
        if (outcome.ExitCode != 0)
        {
            throw new DamagedDumpException($"The archive in '{source.Manifest.ObjectName}' cannot be read to its end: pg_restore {outcome.Describe()}");
        }

        source.DemandEnd();
        return Facts;
    }

    public async Task<IReadOnlyList<string>> RestoreAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay proof", cancellationToken);
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments = [.. RestoreFailure.Options, "--dbname", database.Database],
            Variables = environment.Variables,
            IsFault = RestoreFailure.IsTelling,
            Feed = source.FeedAsync,
        }.RunAsync(cancellationToken);
        RestoreFaults.DemandRestored(tools, source.Manifest, outcome);
        source.DemandEnd();
        return Facts;
    }
}
