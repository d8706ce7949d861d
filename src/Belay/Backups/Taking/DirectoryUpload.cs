using System.Collections.Concurrent;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Backups.Parts;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups.Taking;

/// <summary>A dump by several workers of pg_dump, in its directory format, each file of it into an object of its own.</summary>
internal sealed class DirectoryUpload(IBackupStore store, PostgresTools tools, DumpTarget target, TimeProvider timeProvider) : IDumpUpload
{
    /// <summary>The directory format has a file for each large object.</summary>
    private const long MostLargeObjects = 10_000;

    private readonly ConcurrentDictionary<string, PartUpload> sent = new(StringComparer.Ordinal);
    private readonly WorkFolder work = WorkFolder.Create(target.Request.TemporaryFolder, WorkFolder.DumpPrefix);
    private readonly IFrameEncoder? encoder = target.Plan.Codec.CreateEncoder();

    private int blocks;

    private string Folder => work.PathOf("dump");

    /// <summary>Refuses what a directory dump is not made for.</summary>
    /// <exception cref="BackupException">The database has too many large objects.</exception>
    public static void Demand(SnapshotFacts facts)
    {
        if (facts.LargeObjects > MostLargeObjects)
        {
            throw new BackupException(
                $"The database has {facts.LargeObjects} large objects; a parallel backup stores each as an object of its own, and takes "
                    + $"{MostLargeObjects} at most.",
                "./build.sh Backup without --parallel");
        }
    }

    public Task<DumpedBytes> RunAsync(IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
        => new RowCount(target).WhileAsync(
            async (locksAreHeld, token) =>
            {
                var follower = new DirectoryFollower(Folder, target.Request.Settings.Parallel, timeProvider) { FilesAppear = locksAreHeld };
                var outcome = await DumpAsync(follower, variables, token);
                return (await TableOfContents.CompareAsync(tools, (Folder, null), target.Plan.Session.Facts.Tables, token), outcome.Errors);
            },
            cancellationToken);

    public async Task<StoredDump> CommitAsync(CancellationToken cancellationToken)
    {
        var committed = new ConcurrentDictionary<string, (BackupPart Part, StoredObject Object)>(StringComparer.Ordinal);
        try
        {
            await Parallel.ForEachAsync(
                new DirectoryInfo(Folder).EnumerateFiles().Select(file => file.Name),
                new ParallelOptions { MaxDegreeOfParallelism = target.Request.Settings.Parallel, CancellationToken = cancellationToken },
                async (file, token) => committed[file] = await CommitAsync(file, token));
        }
        catch
        {
            // A part that stays has no manifest, so it is no backup; cleanup finds it.
            _ = await RemovedObjects.RemoveAsync(store, committed.Values.Select(pair => pair.Object), CancellationToken.None);
            throw;
        }

        var ordered = committed.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).ToList();
        return new StoredDump([.. ordered.Select(pair => pair.Part)], [.. ordered.Select(pair => pair.Object)], blocks);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in sent.Values)
        {
            await part.DisposeAsync();
        }

        encoder?.Dispose();
        work.Dispose();
    }

    private async Task<ProgramOutcome> DumpAsync(
        DirectoryFollower follower, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = follower.RunAsync(FollowAsync, stop.Token);
        var dumping = RunProgramAsync(follower, variables, stop.Token);
        try
        {
            // A file that cannot be stored ends pg_dump; a pg_dump that failed ends the following.
            await await Task.WhenAny(following, dumping);
            await following;
            return await dumping;
        }
        catch
        {
            await stop.CancelAsync();
            await Task.WhenAll(following, dumping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<ProgramOutcome> RunProgramAsync(
        DirectoryFollower follower, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var outcome = await new PostgresProgram(tools, "pg_dump")
        {
            Arguments =
            [
                "-Fd",
                "--verbose",
                $"--jobs={target.Request.Settings.Parallel}",
                $"--file={Folder}",
                .. target.Plan.DumpArguments(target.Request.Settings),
            ],
            Variables = variables,
            IsFault = line =>
            {
                follower.See(line);
                return DumpedFile.IsFault(line);
            },
        }.RunAsync(cancellationToken);
        if (outcome.ExitCode != 0)
        {
            throw DumpFaults.Failed("pg_dump", target.Request.Database, outcome);
        }

        follower.End();
        return outcome;
    }

    private async Task FollowAsync(string file, Func<bool> isComplete, CancellationToken cancellationToken)
    {
        var part = await BeginAsync(file, cancellationToken);
        sent[file] = part;
        await using var content = new GrowingFile(Path.Combine(Folder, file), isComplete, cancellationToken);
        await part.SendAsync(content, encoder, cancellationToken);
    }

    /// <summary>What was not sent while it grew is sent now.</summary>
    private async Task<(BackupPart Part, StoredObject Object)> CommitAsync(string file, CancellationToken cancellationToken)
    {
        var isSent = sent.TryRemove(file, out var begun);
        await using var part = begun ?? await BeginAsync(file, cancellationToken);
        if (!isSent)
        {
            await using var content = File.OpenRead(Path.Combine(Folder, file));
            await part.SendAsync(content, encoder, cancellationToken);
        }

        var committed = await part.CommitAsync(cancellationToken);
        Interlocked.Add(ref blocks, part.AcceptedBlocks);
        return committed;
    }

    private async Task<PartUpload> BeginAsync(string file, CancellationToken cancellationToken)
    {
        var name = BackupName.Part(target.Plan.Stem, file + target.Plan.Codec.PartExtension);
        return new PartUpload(file, await store.BeginUploadAsync(name, cancellationToken), target.Progress);
    }
}
