using System.Text;
using System.Text.Json;
using Belay.Reporting;
using Belay.Reporting.Chain;

namespace Belay.Releases.Recording;

/// <summary>Stores the record of a run beside its database's backups. Whatever becomes of that, the run has ended as it has.</summary>
/// <param name="folder">The folder with the records of this machine.</param>
internal sealed class RecordKeeping(RecordPlace place, string folder, IReleaseOutput output, TimeProvider timeProvider)
{
    private const string LockName = ".unstored.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceOfCancelled = TimeSpan.FromSeconds(10);

    /// <summary>Stores a record, after those of earlier runs of this machine that the store does not have yet.</summary>
    /// <param name="file">The record's file on this machine; null when it could not be written.</param>
    /// <returns>The record as it is stored; null when the store failed, which is told.</returns>
    public async Task<SealedRecord?> KeepAsync(ReleaseRecord record, string? file)
    {
        var patience = record.Outcome == ReleaseOutcome.Cancelled ? PatienceOfCancelled : Patience;
        using var limit = new CancellationTokenSource(patience, timeProvider);
        try
        {
            // A disk that hangs heeds no token, and somebody waits at the terminal.
            var stored = await Task.Run(() => StoreAsync(record, limit.Token), CancellationToken.None).WaitAsync(limit.Token);
            output.Line($"Release record {stored.Record.Link!.Number} of {place.Database} in {place.StoreName}");
            return stored;
        }
        catch (Exception fault)
        {
            var reason = limit.IsCancellationRequested ? $"the store did not answer within {Quantity.Duration(patience)}" : fault.Message;
            await NoteAsync(file, HarmlessText.Of(reason));
            return null;
        }
    }

    private async Task<SealedRecord> StoreAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        var chain = new RecordChain(place.Open(), place.Database);
        await CatchUpAsync(chain, cancellationToken);
        return await chain.AddAsync(record, cancellationToken);
    }

    private async Task CatchUpAsync(RecordChain chain, CancellationToken cancellationToken)
    {
        if (UnstoredRecord.In(folder).Count == 0)
        {
            return;
        }

        // Two runs that end together must not both store it.
        using var held = FileLock.TryTake(Path.Combine(folder, LockName));
        foreach (var note in held is null ? [] : UnstoredRecord.In(folder))
        {
            if (await UnstoredRecord.ReadAsync(note, cancellationToken) is { } unstored
                && unstored.Store == place.StoreName
                && unstored.Database == place.Database)
            {
                await CatchUpAsync(chain, note, cancellationToken);
            }
        }
    }

    private async Task CatchUpAsync(RecordChain chain, string note, CancellationToken cancellationToken)
    {
        var file = UnstoredRecord.RecordOf(note);
        if (await ReadAsync(file, cancellationToken) is not { } record)
        {
            output.Line($"Warning: {file}, which the store does not have, cannot be read any more", LineTone.Doubtful);
            File.Delete(note);
            return;
        }

        // The store may have it although its answer did not come.
        var stored = await chain.FindAsync(record.RunId, cancellationToken) ?? await chain.AddAsync(record, cancellationToken);
        await File.WriteAllTextAsync(file, Encoding.UTF8.GetString(stored.Bytes.Span), cancellationToken);
        File.Delete(note);
        output.Line(
            $"The record of an earlier run, {Path.GetFileName(file)}, which could not be stored then, is record "
                + $"{stored.Record.Link?.Number} of {place.Database} now");
    }

    private static async Task<ReleaseRecord?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<ReleaseRecord>(await File.ReadAllTextAsync(file, cancellationToken), ReleaseJson.Options);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return null;
        }
    }

    private async Task NoteAsync(string? file, string reason)
    {
        var where = file is null ? "and not on this machine either: keep this output in its place" : $"and on this machine alone: {file}";
        output.Line(
            $"Warning: the record of this run is not in {place.StoreName}, {where}. {reason} The run's outcome stays as it is"
                + (file is null ? "" : "; the next release from this folder stores the record"),
            LineTone.Doubtful);
        try
        {
            await (file is null
                ? Task.CompletedTask
                : new UnstoredRecord(place.StoreName, place.Database, reason).LeaveAsync(file, CancellationToken.None));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Line($"Warning: nor could that be noted beside it: {fault.Message}", LineTone.Doubtful);
        }
    }
}
