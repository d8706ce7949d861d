using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Has the store keep a proven backup's dump immutable until its <c>keepUntil</c>, and believes
/// only what the store reports afterwards.</summary>
/// <remarks>Only the dump: the manifest is replaced whenever the backup is proven again, used or put on hold.</remarks>
/// <param name="store">Where the backup is.</param>
internal sealed class BackupImmutability(IBackupStore store)
{
    private const string Hint =
        "The container needs version-level immutability support, and the signature or role the right to set immutability policies; or run "
            + "without --immutable.";

    /// <summary>A service keeps whole seconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>Sets the policy, reads it back and notes it in the manifest.</summary>
    /// <param name="cancellationToken">Stops it; a policy that was set stays.</param>
    /// <returns>The manifest as it now is in the store.</returns>
    /// <exception cref="BackupException">The store refused, or does not report the policy. The backup stays, proven as it was, and its
    /// manifest claims nothing.</exception>
    public async Task<BackupManifest> DemandAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var until = await SetAsync(manifest, cancellationToken);
        return until >= manifest.KeepUntil - Rounding
            ? await StoredManifest.UpdateAsync(
                store, StoredManifest.NameOf(manifest), current => current with { ImmutableUntil = until }, cancellationToken)
            : throw Fault(
                manifest,
                until is null
                    ? $"{store.DisplayName} reports no immutability policy for its dump"
                    : $"{store.DisplayName} reports a policy until {Quantity.Utc(until.Value)} only",
                null);
    }

    private async Task<DateTimeOffset?> SetAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset? earliest = DateTimeOffset.MaxValue;
            foreach (var part in manifest.DumpParts)
            {
                var until = await store.MakeImmutableAsync(part.ObjectName, manifest.KeepUntil, cancellationToken);
                earliest = until < earliest || until is null ? until : earliest;
            }

            return earliest;
        }
        catch (StoreException fault)
        {
            throw Fault(manifest, fault.Message.TrimEnd('.'), fault);
        }
    }

    private static BackupException Fault(BackupManifest manifest, string reason, StoreException? cause)
        => new(
            $"Backup {manifest.Id} is proven, but not immutable until {Quantity.Utc(manifest.KeepUntil)} as demanded: {reason}.",
            Hint,
            cause);
}
