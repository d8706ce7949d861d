using System.Diagnostics;
using Belay.Backups.Catalogue;
using Belay.Bench.Backups;
using Belay.Local;
using Belay.Retention;
using Belay.Storage;
using Belay.Storage.Kinds;
using Spectre.Console;

namespace Belay.Bench.Cleanups;

/// <summary>Cleanup of many old backups in Azurite, beside deletes one by one.</summary>
/// <param name="backups">How many cleanup deletes; a tenth as many are deleted one by one.</param>
internal sealed class CleanupSuite(int backups, IAnsiConsole console)
{
    private const double AimPerSecond = 50;
    private const double AimOfListing = 2;
    private const int TenthPart = 10;

    /// <summary>Fills a store, empties it and prints what it took. Leaves nothing behind.</summary>
    /// <exception cref="BelayException">The store failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "bench-cleanup");
        await using (var azurite = await AzuriteServer.StartAsync(folder, cancellationToken))
        {
            await MeasureAsync(prefix => StoreFactory.Open(azurite.Location("bench") with { Prefix = prefix }), cancellationToken);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task MeasureAsync(Func<string, IBackupStore> open, CancellationToken cancellationToken)
    {
        var (single, many) = (open("single"), open("many"));
        await many.ProbeAsync(cancellationToken);
        console.WriteLine($"Filling the store with {Quantity.Count(backups, "backup")} …");
        await OldBackups.PutAsync(single, Math.Max(1, backups / TenthPart), cancellationToken);
        await OldBackups.PutAsync(many, backups, cancellationToken);

        var oneByOne = Math.Max(1, backups / TenthPart) / await TimeAsync(() => DeleteOneByOneAsync(single, cancellationToken));
        var objects = 0;
        var listing = await TimeAsync(async () => objects = await many.ListAsync("", cancellationToken).CountAsync(cancellationToken));
        var reading = await TimeAsync(() => new BackupCatalog(many).ReadAsync(cancellationToken));
        var cleanup = await TimeAsync(() => new RetentionRunner(many, new ErrorOutput(), TimeProvider.System)
            .RunAsync(new RetentionSettings { TrustSurvivors = true }, cancellationToken));
        var perSecond = (backups - 1) / cleanup;

        console.WriteLine($"listing {objects} objects            {listing:0.00} s; aim ≤ {AimOfListing} s: {Met(listing <= AimOfListing)}");
        console.WriteLine($"reading {backups} manifests          {reading:0.00} s");
        console.WriteLine($"CleanupBackups, all of it        {cleanup:0.00} s");
        console.WriteLine($"backups a second                 {perSecond:0}; aim ≥ {AimPerSecond}: {Met(perSecond >= AimPerSecond)}");
        console.WriteLine($"one by one, deletes alone        {oneByOne:0} a second; ratio {perSecond / oneByOne:0.0}");
    }

    private static async Task DeleteOneByOneAsync(IBackupStore store, CancellationToken cancellationToken)
    {
        await foreach (var found in store.ListAsync("", cancellationToken))
        {
            await store.DeleteAsync(found, cancellationToken);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var begun = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static string Met(bool isMet) => isMet ? "met" : "not met";
}
