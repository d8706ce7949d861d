using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups.Taking;

/// <summary>A dump through one pipe into one object.</summary>
internal sealed class ArchiveUpload(IObjectUpload upload, DumpRun run, bool isEncrypted) : IDumpUpload
{
    private DumpReceiver? receiver;

    public static async Task<ArchiveUpload> BeginAsync(
        IBackupStore store, PostgresTools tools, DumpTarget target, CancellationToken cancellationToken)
        => new(
            await store.BeginUploadAsync(target.Plan.Stem + target.Plan.Codec.Extension, cancellationToken),
            new DumpRun(tools, target),
            store.Encryption is not null);

    public async Task<DumpedBytes> RunAsync(IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        receiver = new DumpReceiver(upload);
        return await run.RunAsync(variables, receiver, cancellationToken);
    }

    public async Task<StoredDump> CommitAsync(CancellationToken cancellationToken)
    {
        var stored = await upload.CommitAsync(cancellationToken);

        // Counted here, so that bytes lost on the way are noticed; how long an encrypted dump becomes, only the store says.
        var size = isEncrypted ? stored.Size : receiver!.Size;
        return new StoredDump([new BackupPart("", stored.Name, size, receiver!.Sha256, stored.Version)], [stored], upload.AcceptedBlocks);
    }

    public async ValueTask DisposeAsync()
    {
        receiver?.Dispose();
        await upload.DisposeAsync();
    }
}
