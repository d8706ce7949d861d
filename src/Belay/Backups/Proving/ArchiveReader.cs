using Belay.Backups.Archive;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Has pg_restore read a dump that is one archive, while it is downloaded.</summary>
internal sealed class ArchiveReader(ReadbackSource source, PostgresTools tools) : IDumpReader
{
    /// <summary>Where it is restored.</summary>
    public required RestorePlace Place { get; init; }

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var contents = new PassingContents(tools);
        var program = new PostgresProgram(tools, "pg_restore")
        {
            // Without -f it would ask for a database; its script goes through the pipe and is dropped there.
            Arguments = ["-f", OperatingSystem.IsWindows() ? "-" : "/dev/null"],
            Feed = (input, token) => source.FeedAsync(contents.Before(input), token),
        };
        var (outcome, listing, entries) = await contents.WhileAsync(program.RunAsync, cancellationToken);
        RestoreFaults.DemandReadable(tools, source.Manifest, outcome);
        if (outcome.ExitCode != 0)
        {
            throw new DamagedDumpException(
                $"The archive in '{source.Manifest.ObjectName}' cannot be read to its end: pg_restore {outcome.Describe()}");
        }

        return Facts(listing, entries);
    }

    public async Task<IReadOnlyList<string>> RestoreAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay proof", cancellationToken);
        var contents = new PassingContents(tools);
        var program = new PostgresProgram(tools, "pg_restore")
        {
            Arguments = [.. RestoreFailure.Options, "--dbname", LibpqEnvironment.NameOf(database)],
            Variables = environment.Variables,
            IsFault = RestoreFailure.IsTelling,
            Feed = (input, token) => source.FeedAsync(contents.Before(input), token),
        };
        var (outcome, listing, entries) = await contents.WhileAsync(program.RunAsync, cancellationToken);
        RestoreFaults.DemandRestored(Place, tools, source.Manifest, outcome);
        return Facts(listing, entries);
    }

    private IReadOnlyList<string> Facts(ProgramOutcome listing, ArchiveEntries entries)
    {
        source.DemandEnd();
        RestoreFaults.DemandReadable(tools, source.Manifest, listing);
        return listing.ExitCode == 0
            ? [
                $"SHA-256 equal over {source.Bytes} bytes",
                "pg_restore decoded the archive to its end",
                TableOfContents.Demand(source.Manifest, entries),
            ]
            : throw new DamagedDumpException(
                $"The table of contents in '{source.Manifest.ObjectName}' cannot be read: pg_restore {listing.Describe()}");
    }
}
