using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Gate;

/// <summary>The only maker of permits to migrate. It trusts nothing that a run remembers: it reads the store again each time.</summary>
/// <param name="store">Where the backups are.</param>
/// <param name="settings">The level and the age that are demanded.</param>
/// <param name="timeProvider">The clock that ages backups.</param>
public sealed class BackupGate(IBackupStore store, BackupSettings settings, TimeProvider timeProvider)
{
    private const int ShownAtMost = 5;

    /// <summary>Where it is told which backup opens the gate, and that its mark as in use was lost during the migration;
    /// null for nowhere.</summary>
    public IReleaseOutput? Output { get; init; }

    /// <summary>Looks for a committed, complete, proven and recent backup of this database.</summary>
    /// <param name="target">The target database, as the migrating connection sees it.</param>
    /// <returns>The permit, for the newest backup that fits. The backup is marked as in use until the permit is disposed.</returns>
    /// <exception cref="GateException">There is none, or it was deleted while it was looked at; the message says what was found instead and
    /// why it does not do.</exception>
    /// <exception cref="StoreException">The store cannot be read, or does not let the backup be marked.</exception>
    public async Task<BackupProof> DemandAsync(GateTarget target, CancellationToken cancellationToken)
    {
        var contents = await new BackupCatalog(store).ReadAsync(cancellationToken);
        var demand = new GateDemand
        {
            Target = target,
            Level = settings.RequiredLevel,
            MaximumAge = settings.MaximumAge,
            Now = timeProvider.GetUtcNow(),
            KeyId = store.Encryption?.KeyId,
        };
        var fitting = contents.Backups.FirstOrDefault(backup => GateCandidate.Faults(backup, demand).Count == 0);
        if (fitting is null)
        {
            throw Refusal(contents, demand);
        }

        var proof = new BackupProof(fitting.Manifest, demand.Now, await UseAsync(fitting.Manifest, cancellationToken));
        Output?.Line($"Gate: {proof.Summary}, in {store.DisplayName}");
        return proof;
    }

    private async Task<IAsyncDisposable> UseAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            return await new BackupUse(store, Output, timeProvider).BeginAsync(manifest, cancellationToken);
        }
        catch (BackupException fault)
        {
            throw new GateException($"Backup {manifest.Id} opened the gate but cannot be held: {fault.Message}", "./build.sh Backup");
        }
    }

    private GateException Refusal(CatalogContents contents, GateDemand demand)
    {
        var message = new StringBuilder($"No backup lets the migration begin. Looked in {store.DisplayName} for {demand}.");
        var found = Findings(contents, demand);
        foreach (var line in found.Take(ShownAtMost))
        {
            message.Append('\n').Append("  ").Append(line);
        }

        if (found.Count > ShownAtMost)
        {
            message.Append($"\n  and {found.Count - ShownAtMost} more that do not do either");
        }

        return new GateException(message.ToString(), "./build.sh Backup");
    }

    private static List<string> Findings(CatalogContents contents, GateDemand demand)
    {
        var own = BackupName.Stem(demand.Target.Database.Name, "");
        var backups = contents.Backups.Where(backup => backup.Manifest.Database.Name == demand.Target.Database.Name).ToList();
        List<string> found =
        [
            .. backups.Select(backup => $"{backup.Manifest.Id}: {string.Join("; ", GateCandidate.Faults(backup, demand))}."),
            .. contents.Unreadable.Where(manifest => manifest.Found.Name.StartsWith(own, StringComparison.Ordinal))
                .Select(manifest => manifest.Reason),
            .. contents.Orphans.Where(orphan => orphan.Name.StartsWith(own, StringComparison.Ordinal))
                .Select(orphan => $"'{orphan.Name}' has no manifest, so it is no backup."),
        ];
        if (found.Count == 0)
        {
            var others = contents.Backups
                .Select(backup => backup.Manifest.Database.Name)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .ToList();
            found.Add(
                others.Count == 0
                    ? "The store holds no backup."
                    : $"The store holds only backups of other databases: {string.Join(", ", others)}.");
        }

        return found;
    }
}
