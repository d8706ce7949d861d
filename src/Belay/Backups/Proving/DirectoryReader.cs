using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Backups.Parts;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>Reads a dump of several objects back, one after the other.</summary>
/// <remarks>pg_restore does not notice a file of rows without compression that is cut, so it is read
/// here to the mark that pg_dump ends rows with.</remarks>
internal sealed class DirectoryReader(
    IBackupStore store, PostgresTools tools, BackupManifest manifest, TransferProgress progress) : IDumpReader
{
    /// <summary>Where the table of contents, or the whole dump when it is restored, lies meanwhile.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Where it is restored.</summary>
    public required RestorePlace Place { get; init; }

    private IReadOnlyList<BackupPart> Parts => manifest.DumpParts;

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        using var work = WorkFolder.Create(ScratchFolder, WorkFolder.DumpPrefix);
        var (tables, contents) = await ReadContentsAsync(work, cancellationToken);
        foreach (var part in Parts.Where(part => part.File != DumpedFile.Contents))
        {
            await DecodeAsync(part, cancellationToken);
        }

        return [
            Equal,
            $"every part decoded to its end, the rows of {Quantity.Count(tables, "table")} to their end mark; pg_restore read the table "
                + "of contents",
            contents,
        ];
    }

    public async Task<IReadOnlyList<string>> RestoreAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        using var work = WorkFolder.Create(ScratchFolder, WorkFolder.DumpPrefix);
        var (_, contents) = await ReadContentsAsync(work, cancellationToken);
        foreach (var part in Parts.Where(part => part.File != DumpedFile.Contents))
        {
            await KeepAsync(part, work, cancellationToken);
        }

        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay proof", cancellationToken);
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments =
            [
                .. RestoreFailure.Options, $"--jobs={RestoreJobs.Count}", "--dbname", LibpqEnvironment.NameOf(database),
                work.PathOf("dump"),
            ],
            Variables = environment.Variables,
            IsFault = RestoreFailure.IsTelling,
        }.RunAsync(cancellationToken);
        RestoreFaults.DemandRestored(Place, tools, manifest, outcome);
        return [Equal, $"pg_restore restored the parts in {Quantity.Count(RestoreJobs.Count, "job")}", contents];
    }

    private string Equal => $"SHA-256 equal over {manifest.Size} bytes in {Quantity.Count(Parts.Count, "part")}";

    /// <summary>Reads the table of contents, and demands a part for the rows of every table in it.</summary>
    private async Task<(int Tables, string Fact)> ReadContentsAsync(WorkFolder work, CancellationToken cancellationToken)
    {
        var contents = Parts.SingleOrDefault(part => part.File == DumpedFile.Contents)
            ?? throw new DamagedDumpException($"Backup {manifest.Id} has no part '{DumpedFile.Contents}'.");
        Directory.CreateDirectory(work.PathOf("dump"));
        await KeepAsync(contents, work, cancellationToken);
        var (outcome, entries) = await TableOfContents.ListAsync(tools, work.PathOf("dump"), cancellationToken);
        RestoreFaults.DemandReadable(tools, manifest, outcome);
        if (outcome.ExitCode != 0)
        {
            throw new DamagedDumpException(
                $"The table of contents in {BackupPartName.Of(contents)} cannot be read: pg_restore {outcome.Describe()}");
        }

        var present = Parts.Select(part => DumpedFile.TableId(part.File)).ToHashSet();
        var tables = entries.RowIds;
        var missing = tables.Where(id => !present.Contains(id)).ToList();
        return missing.Count == 0
            ? (tables.Count, TableOfContents.Demand(manifest, entries))
            : throw new DamagedDumpException(
                $"Backup {manifest.Id} lacks the rows of {Quantity.Count(missing.Count, "table")} of its table of contents: "
                    + $"{string.Join(", ", missing.Take(5).Select(id => id + ".dat"))}.");
    }

    private async Task DecodeAsync(BackupPart part, CancellationToken cancellationToken)
    {
        await using var rows = new RowsEnd();
        await Source(part, archive => DumpCodec.Unpack(archive, part.File)).FeedAsync(rows, cancellationToken);
        if (DumpedFile.TableId(part.File) is not null && !rows.IsWhole)
        {
            throw new DamagedDumpException($"The rows in {BackupPartName.Of(part)} have no end mark: pg_dump had not written all of them.");
        }
    }

    /// <summary>A file, unlike a program, takes all; one that does not is on a full disk, and the dump is not to blame.</summary>
    private async Task KeepAsync(BackupPart part, WorkFolder work, CancellationToken cancellationToken)
    {
        await using var file = work.NewFile(Path.Combine("dump", DumpedFile.Check(part.File)));
        await new ReadbackSource(store, manifest, part, progress) { TakesAll = true }.FeedAsync(file, cancellationToken);
    }

    private ReadbackSource Source(BackupPart part, Func<Stream, Stream> unpack) => new(store, manifest, part, progress) { Unpack = unpack };
}
