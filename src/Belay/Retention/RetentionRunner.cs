using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>Carries out a retention plan.</summary>
/// <param name="output">Where the plan and the summary go.</param>
/// <param name="timeProvider">The clock that ages backups.</param>
internal sealed class RetentionRunner(IBackupStore store, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>
    /// Reads the store, reads back each backup that stays and for which others go, tells the plan and, unless it is a dry run, deletes.
    /// Each object goes only if it is still the one that was read.
    /// </summary>
    /// <param name="cancellationToken">Stops between two objects of each backup that goes; the next run goes on.</param>
    /// <exception cref="BackupException">A manifest cannot be read, and nothing was deleted; or a backup that was to stay is damaged, and
    /// nothing was deleted for it.</exception>
    /// <exception cref="SettingsException">The policy keeps nothing.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<RetentionSummary> RunAsync(RetentionSettings policy, CancellationToken cancellationToken)
    {
        var catalog = await new BackupCatalog(store).ReadAsync(cancellationToken);
        var survivors = new SurvivorCheck(store, output, timeProvider);
        var plan = await DecideAsync(catalog, survivors, policy, cancellationToken);
        foreach (var decision in plan.Decisions)
        {
            output.Line(decision.ToString());
        }

        if (plan.Refusal is not null)
        {
            throw new BackupException(
                $"Nothing was deleted from {store.DisplayName}: {plan.Refusal}",
                "Look at the manifest and delete it by hand if its backup is of no use; then run ./build.sh CleanupBackups again.");
        }

        var summary = policy.DryRun
            ? new RetentionSummary { Plan = plan, Deleted = [], Changed = [], IsDryRun = true }
            : await DeleteAsync(plan, policy, cancellationToken);
        if (store is IUnfinishedUploads uploads)
        {
            await new UnfinishedUploadCleanup(uploads, output, timeProvider).RunAsync(policy.DryRun, cancellationToken);
        }

        foreach (var line in await store.SweepUploadsAsync(policy.DryRun, cancellationToken))
        {
            output.Line(line);
        }

        output.Line(summary.ToString());
        return survivors.Faults.ToList() is { Count: > 0 } faults
            ? throw new BackupException(
                $"{string.Join('\n', faults)}\nNothing was deleted for it. {summary}",
                "./build.sh VerifyBackup --backup <id> reads it again; ./build.sh Backup takes a new one.")
            : summary;
    }

    /// <summary>A survivor that is damaged is none: then another one stays, and is read back in its turn.</summary>
    private async Task<RetentionPlan> DecideAsync(
        CatalogContents catalog, SurvivorCheck survivors, RetentionSettings policy, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        while (true)
        {
            var plan = RetentionPlanner.Decide(survivors.Apply(catalog), now, policy);
            if (plan.Refusal is not null || policy.DryRun || policy.TrustSurvivors || await survivors.PassesAsync(plan, cancellationToken))
            {
                return plan;
            }
        }
    }

    private async Task<RetentionSummary> DeleteAsync(RetentionPlan plan, RetentionSettings policy, CancellationToken cancellationToken)
    {
        var planned = plan.Deletions.ToList();
        var isGone = new bool[planned.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, planned.Count),
            new ParallelOptions { MaxDegreeOfParallelism = store.Concurrency, CancellationToken = cancellationToken },
            async (index, token) => isGone[index] = await DeleteAsync(planned[index], token));
        return new RetentionSummary
        {
            Plan = plan,
            Deleted = [.. planned.Where((_, index) => isGone[index])],
            Changed = [.. planned.Where((_, index) => !isGone[index])],
            TrustsSurvivors = policy.TrustSurvivors,
        };
    }

    /// <summary>Backups go side by side, the objects of one in their order: whenever this ends, no manifest is without its dump.</summary>
    private async Task<bool> DeleteAsync(RetentionDecision decision, CancellationToken cancellationToken)
    {
        foreach (var found in decision.Objects)
        {
            if (await WhyLeftAsync(found, cancellationToken) is { } reason)
            {
                output.Warn($"'{found.Name}' was left: {reason}.");
                return false;
            }
        }

        return true;
    }

    private async Task<string?> WhyLeftAsync(StoredObject found, CancellationToken cancellationToken)
    {
        try
        {
            return await store.DeleteAsync(found, cancellationToken) ? null : "it changed meanwhile";
        }
        catch (ProtectedObjectException fault)
        {
            return fault.Reason;
        }
    }
}
