using Belay.Backups.Archive;
using Belay.Backups.Compression;
using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>One pg_dump through a pipe, from its start to its last byte in the store. Commits nothing.</summary>
internal sealed class DumpRun(PostgresTools tools, DumpTarget target)
{
    /// <summary>Dumps into the receiver and counts rows meanwhile.</summary>
    /// <exception cref="BackupException">pg_dump failed.</exception>
    public Task<DumpedBytes> RunAsync(
        IReadOnlyDictionary<string, string?> variables, DumpReceiver receiver, CancellationToken cancellationToken)
        => new RowCount(target).WhileAsync(
            async (locksAreHeld, token) =>
            {
                using var head = new ArchiveHead(target.Plan.Session.Facts.Relations);
                var outcome = await DumpAsync(variables, (head, receiver, locksAreHeld), token);
                if (outcome.ExitCode != 0)
                {
                    throw DumpFaults.Failed("pg_dump", target.Request.Database, outcome);
                }

                return (await TableOfContents.CompareAsync(tools, (null, head), target.Plan.Session.Facts.Tables, token), outcome.Errors);
            },
            cancellationToken);

    private async Task<ProgramOutcome> DumpAsync(
        IReadOnlyDictionary<string, string?> variables,
        (ArchiveHead Head, DumpReceiver Receiver, Action LocksAreHeld) targets,
        CancellationToken cancellationToken)
    {
        using var encoder = target.Plan.Codec.CreateEncoder();
        return await new PostgresProgram(tools, "pg_dump")
        {
            Arguments = ["-Fc", .. target.Plan.DumpArguments(target.Request.Settings)],
            Variables = variables,
            Take = (stdout, token) => PumpAsync(
                Tap(WidePipe.Of(stdout, token), targets.Head, targets.LocksAreHeld), encoder, targets.Receiver, token),
        }.RunAsync(cancellationToken);
    }

    private TappedStream Tap(Stream stdout, ArchiveHead head, Action locksAreHeld) => new(stdout, bytes =>
    {
        locksAreHeld();
        head.Take(bytes);
        target.Progress.Add(bytes.Length);
    });

    private static Task PumpAsync(Stream archive, IFrameEncoder? encoder, DumpReceiver receiver, CancellationToken cancellationToken)
        => encoder is null
            ? PlainPump.RunAsync(archive, receiver.WriteAsync, cancellationToken)
            : new FramePump(encoder, receiver.WriteAsync).RunAsync(archive, cancellationToken);
}
