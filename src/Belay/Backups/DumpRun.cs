using Belay.Backups.Compression;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups;

/// <summary>One pg_dump from its start to its last byte in the store. Commits nothing.</summary>
internal sealed class DumpRun(PostgresTools tools, BackupRequest request, SnapshotSession session, TransferProgress progress)
{
    private readonly TaskCompletionSource firstBytes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Dumps into the upload and counts rows meanwhile.</summary>
    /// <exception cref="BackupException">pg_dump failed.</exception>
    public async Task<DumpedBytes> RunAsync(DumpCodec codec, IReadOnlyDictionary<string, string?> variables, IObjectUpload upload, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var counting = CountAsync(stop.Token);
        try
        {
            using var head = new ArchiveHead(request.TemporaryFolder, session.Facts.Relations);
            using var receiver = new DumpReceiver(upload);
            var outcome = await DumpAsync(codec, variables, (head, receiver), stop.Token);
            if (outcome.ExitCode != 0)
            {
                throw DumpFaults.Failed("pg_dump", request.Database, outcome);
            }

            firstBytes.TrySetResult();
            var contents = await TableOfContents.CompareAsync(tools, head, session.Facts.Tables, stop.Token);
            return new DumpedBytes(receiver.Size, receiver.Sha256, contents, await counting) { Warnings = outcome.Errors };
        }
        catch
        {
            await stop.CancelAsync();
            firstBytes.TrySetCanceled(stop.Token);
            await counting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<ProgramOutcome> DumpAsync(DumpCodec codec, IReadOnlyDictionary<string, string?> variables, (ArchiveHead Head, DumpReceiver Receiver) targets, CancellationToken cancellationToken)
    {
        using var encoder = codec.CreateEncoder();
        return await new PostgresProgram(tools, "pg_dump")
        {
            Arguments =
            [
                "-Fc", $"--snapshot={session.Snapshot}", $"--lock-wait-timeout={(long)request.Settings.LockWait.TotalMilliseconds}",
                "--no-password", .. codec.DumpArguments,
            ],
            Variables = variables,
            Take = (stdout, token) => PumpAsync(Tap(stdout, targets.Head), encoder, targets.Receiver, token),
        }.RunAsync(cancellationToken);
    }

    private TappedStream Tap(Stream stdout, ArchiveHead head) => new(stdout, bytes =>
    {
        firstBytes.TrySetResult();
        head.Take(bytes);
        progress.Add(bytes.Length);
    });

    private static Task PumpAsync(Stream archive, IFrameEncoder? encoder, DumpReceiver receiver, CancellationToken cancellationToken)
        => encoder is null
            ? BlockPump.RunAsync(archive, receiver.WriteAsync, cancellationToken)
            : new FramePump(encoder, receiver.WriteAsync).RunAsync(archive, cancellationToken);

    private async Task<CountedRows> CountAsync(CancellationToken cancellationToken)
    {
        await firstBytes.Task.WaitAsync(cancellationToken);
        return await session.CountAsync(request.Settings.RowCountLimit, cancellationToken);
    }
}
