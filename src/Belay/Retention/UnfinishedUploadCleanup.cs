using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>Removes the parts that killed backups left in a store that keeps them.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="timeProvider">The clock that ages uploads.</param>
internal sealed class UnfinishedUploadCleanup(IUnfinishedUploads store, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>A younger one may be under way; no dump takes longer.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Tells each upload of a backup that was begun more than a day ago and, unless it is a dry run, removes it.
    /// Those of other programs are left.</summary>
    /// <param name="isDryRun">Whether nothing is removed.</param>
    /// <param name="cancellationToken">Stops between two uploads; the next run goes on.</param>
    public async Task RunAsync(bool isDryRun, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        try
        {
            await foreach (var upload in store.ListUnfinishedAsync(cancellationToken))
            {
                if (now - upload.BegunUtc > Abandoned && BackupName.Split(upload.Name) is not null)
                {
                    output.Line(
                        $"Delete the parts of {upload.Name}: its upload began {Quantity.Duration(now - upload.BegunUtc)} ago and never "
                            + "ended");
                    await (isDryRun ? Task.CompletedTask : store.AbortUnfinishedAsync(upload, cancellationToken));
                }
            }
        }
        catch (StoreException fault)
        {
            // Backups were cleaned up; parts cost money but endanger nothing.
            output.Warn(
                $"Parts of killed uploads may be left: {fault.Message} A lifecycle rule AbortIncompleteMultipartUpload removes them.");
        }
    }
}
