using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>Restores a dump that is one archive from a file, because pg_restore works in several jobs only where it can go back and forth;
/// where the disk has no room for the file, from the download itself.</summary>
internal sealed class FiledArchiveReader(
    IBackupStore store, PostgresTools tools, BackupManifest manifest, TransferProgress progress) : IDumpReader
{
    private const string ArchiveName = "archive";

    private readonly CancellationTokenSource disposal = new();
    private Task<WorkFolder?>? download;

    /// <summary>Where the file lies meanwhile.</summary>
    public required string Folder { get; init; }

    /// <summary>Where it is restored.</summary>
    public required RestorePlace Place { get; init; }

    private ArchiveReader Piped => new(Source(takesAll: false), tools) { Place = Place };

    public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) => Piped.ReadAsync(cancellationToken);

    public void Begin(CancellationToken cancellationToken) => download ??= Task.Run(() => FetchAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<string>> RestoreAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        Begin(cancellationToken);
        using (var work = await download!)
        {
            download = null;
            if (work is not null)
            {
                return await RestoreAsync(FileIn(work), database, cancellationToken);
            }
        }

        return await Piped.RestoreAsync(database, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await disposal.CancelAsync();
        if (download is not null)
        {
            // Why it failed is told to whoever restores; here nobody did.
            await ((Task)download).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            (download.IsCompletedSuccessfully ? await download : null)?.Dispose();
        }

        disposal.Dispose();
    }

    private static FileInfo FileIn(WorkFolder work) => new(work.PathOf(ArchiveName));

    /// <returns>The folder with the decoded archive; null when the disk has no room.</returns>
    private async Task<WorkFolder?> FetchAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposal.Token);
#pragma warning disable CA2000 // Who waits for the download disposes it.
        var work = WorkFolder.Create(Folder, WorkFolder.DumpPrefix);
#pragma warning restore CA2000
        var isKept = false;
        try
        {
            isKept = await DownloadAsync(work, stop.Token);
        }
        finally
        {
            if (!isKept)
            {
                work.Dispose();
            }
        }

        return isKept ? work : null;
    }

    /// <summary>Writes the decoded archive.</summary>
    /// <returns>False when the disk has no room for it and for a database that takes as much again.</returns>
    private async Task<bool> DownloadAsync(WorkFolder work, CancellationToken cancellationToken)
    {
        try
        {
            await using (var stream = work.NewFile(ArchiveName))
            {
                await Source(takesAll: true).FeedAsync(stream, cancellationToken);
            }

            var file = FileIn(work);
            return new DriveInfo(file.DirectoryName!).AvailableFreeSpace > file.Length;
        }
        catch (IOException fault) when (DiskFault.IsFull(fault))
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> RestoreAsync(FileInfo file, DatabaseTarget database, CancellationToken cancellationToken)
    {
        var (listing, entries) = await TableOfContents.ListAsync(tools, file.FullName, cancellationToken);
        RestoreFaults.DemandReadable(tools, manifest, listing);
        if (listing.ExitCode != 0)
        {
            throw new DamagedDumpException(
                $"The table of contents in '{manifest.ObjectName}' cannot be read: pg_restore {listing.Describe()}");
        }

        var contents = TableOfContents.Demand(manifest, entries);
        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay proof", cancellationToken);
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments =
            [
                .. RestoreFailure.Options, $"--jobs={RestoreJobs.Count}", "--dbname", LibpqEnvironment.NameOf(database), file.FullName,
            ],
            Variables = environment.Variables,
            IsFault = RestoreFailure.IsTelling,
        }.RunAsync(cancellationToken);
        RestoreFaults.DemandRestored(Place, tools, manifest, outcome);
        return
        [
            $"SHA-256 equal over {manifest.Size} bytes",
            $"pg_restore restored the archive in {Quantity.Count(RestoreJobs.Count, "job")}",
            contents,
        ];
    }

    private ReadbackSource Source(bool takesAll) => new(store, manifest, manifest.DumpParts[0], progress) { TakesAll = takesAll };
}
