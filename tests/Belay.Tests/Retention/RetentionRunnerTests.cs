using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Storage;
using Belay.Tests.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Retention;

public sealed partial class RetentionRunnerTests
{
    private readonly FakeTimeProvider timeProvider = new(Manifests.Noon);
    private readonly TestOutput output = new();
    private readonly List<string> deletions = [];
    private readonly MemoryStore store;
    private readonly BackupManifest young = Manifests.Make(Manifests.Noon.AddDays(-1));
    private readonly BackupManifest old = Manifests.Make(Manifests.Noon.AddDays(-8));

    public RetentionRunnerTests()
    {
        store = new MemoryStore(timeProvider);
        young.PutInto(store);
        old.PutInto(store);
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete")
            {
                deletions.Add(name);
            }
        };
    }

    [Fact]
    public async Task Deletes_the_manifest_first_and_then_the_dump()
    {
        var summary = await RunAsync(new RetentionSettings());
        Assert.Equal([Manifests.NameOf(old), old.ObjectName], deletions);
        Assert.Equal([young.ObjectName, Manifests.NameOf(young)], store.Names);
        Assert.StartsWith("Deleted 1, freed ", output.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(summary.Plan.Deletions, summary.Deleted);
    }

    [Fact]
    public async Task Tells_the_same_plan_in_a_dry_run_and_deletes_nothing()
    {
        await RunAsync(new RetentionSettings { DryRun = true });
        var told = output.Lines.SkipLast(1).ToList();
        Assert.Empty(deletions);
        Assert.Equal(
            [
                $"Keep app {young.Id} ({SizeOf(young)}): it is the newest proven backup of its database",
                $"Delete app {old.Id} ({SizeOf(old)}): it is 8 d 0 h old, kept for 7 d 0 h",
            ],
            told);
        await RunAsync(new RetentionSettings());
        Assert.Equal(told, output.Lines.Skip(4).SkipLast(1));
        Assert.StartsWith("Dry run: would delete 1, freeing ", output.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_back_what_stays_before_anything_goes()
    {
        await RunAsync(new RetentionSettings());
        Assert.Equal($"Read back app {young.Id}, which stays: SHA-256 equal over 4 bytes in 1 object", output.Lines[0]);
    }

    [Fact]
    public async Task Deletes_nothing_for_a_backup_that_is_not_what_was_written()
    {
        store.Put(young.ObjectName, "dumb"u8.ToArray());
        var fault = await Assert.ThrowsAsync<BackupException>(() => RunAsync(new RetentionSettings()));
        Assert.Empty(deletions);
        Assert.StartsWith(
            $"Backup {young.Id} of app is damaged: The dump '{young.ObjectName}' is not what was written: its SHA-256 is ",
            fault.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("\nNothing was deleted for it. Deleted 0, freed 0 B, kept 2.", fault.Message, StringComparison.Ordinal);
        Assert.Equal("./build.sh VerifyBackup --backup <id> reads it again; ./build.sh Backup takes a new one.", fault.Hint);
        Assert.EndsWith(
            ": it is 1 d 0 h old, kept for 7 d 0 h; it was read back and is not sound, so it does not count",
            output.Lines.First(line => line.StartsWith("Keep", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(ProofLevel.None, ManifestFile.Parse("", store.Bytes(Manifests.NameOf(young))).ProofLevel);
    }

    [Fact]
    public async Task Keeps_the_next_good_backup_for_one_that_is_damaged()
    {
        var older = Manifests.Make(Manifests.Noon.AddDays(-9), runId: "cc").PutInto(store);
        store.Put(young.ObjectName, "dumb"u8.ToArray());
        await Assert.ThrowsAsync<BackupException>(() => RunAsync(new RetentionSettings()));
        Assert.Equal([Manifests.NameOf(older), older.ObjectName], deletions);
    }

    [Fact]
    public async Task Says_that_what_stays_was_not_read_back_when_it_was_told_to_trust_it()
    {
        store.Put(young.ObjectName, "dumb"u8.ToArray());
        var summary = await RunAsync(new RetentionSettings { TrustSurvivors = true });
        Assert.EndsWith("; what stays was not read back (--trust-survivors).", summary.ToString(), StringComparison.Ordinal);
        Assert.Single(summary.Deleted);
    }

    [Fact]
    public async Task Deletes_nothing_when_what_stays_is_encrypted_with_a_key_that_is_not_there()
    {
        (young with { Encryption = new ObjectEncryption("AES", "sha256:0011") }).PutInto(store);
        var fault = await Assert.ThrowsAsync<BackupException>(() => RunAsync(new RetentionSettings()));
        Assert.Equal(
            $"Nothing was deleted from memory://store: backup {young.Id} of app, which stays, is encrypted with the key sha256:0011, and "
                + "this run has none, so that it cannot be read back before others go.",
            fault.Message);
        Assert.Equal(
            "export BACKUP_KEY=… or BACKUP_KEY_FILE=… with the key sha256:0011; or ./build.sh CleanupBackups --trust-survivors",
            fault.Hint);
        Assert.Empty(deletions);
    }

    [Fact]
    public async Task Leaves_a_backup_that_was_put_on_hold_meanwhile()
    {
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == Manifests.NameOf(old))
            {
                store.Put(name, ManifestFile.Serialize(old with { Hold = "audit" }));
            }
        };
        var summary = await RunAsync(new RetentionSettings());
        Assert.Equal(4, store.Names.Count);
        Assert.Single(summary.Changed);
        Assert.Equal([$"'{Manifests.NameOf(old)}' was left: it changed meanwhile."], output.Warnings);
    }

    [Fact]
    public async Task Goes_on_where_a_killed_run_stopped()
    {
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == old.ObjectName)
            {
                throw new StoreException("The store went away.");
            }
        };
        await Assert.ThrowsAsync<StoreException>(() => RunAsync(new RetentionSettings()));
        Assert.Equal([old.ObjectName, young.ObjectName, Manifests.NameOf(young)], store.Names);
        store.BeforeOperation = (_, _) => { };
        await RunAsync(new RetentionSettings());
        Assert.Equal([young.ObjectName, Manifests.NameOf(young)], store.Names);
    }

    [Fact]
    public async Task Deletes_nothing_and_says_why_when_a_manifest_cannot_be_read()
    {
        store.Put(Manifests.NameOf(young), [1, 2, 3]);
        var exception = await Assert.ThrowsAsync<BackupException>(() => RunAsync(new RetentionSettings()));
        Assert.StartsWith(
            $"Nothing was deleted from memory://store: The manifest '{Manifests.NameOf(young)}' cannot be read: ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(4, exception.ExitCode);
        Assert.Equal(
            "Look at the manifest and delete it by hand if its backup is of no use; then run ./build.sh CleanupBackups again.",
            exception.Hint);
        Assert.Empty(deletions);
    }

    [Fact]
    public async Task Never_deletes_a_backup_on_hold_until_it_is_released()
    {
        var holds = new BackupHolds(store);
        await holds.SetAsync(await FindAsync(old), "audit", Token);
        Assert.Empty((await RunAsync(new RetentionSettings())).Deleted);
        await holds.SetAsync(await FindAsync(old), null, Token);
        Assert.Single((await RunAsync(new RetentionSettings())).Deleted);
    }

    [Fact]
    public async Task Labels_a_backup_anew_when_it_is_held_and_released()
    {
        var holds = new BackupHolds(store);
        await holds.SetAsync(await FindAsync(old), "audit", Token);
        Assert.Equal("yes", store.Labels[Manifests.NameOf(old)]["hold"]);
        await holds.SetAsync(await FindAsync(old), null, Token);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["database"] = "app",
                ["backup"] = old.Id,
                ["state"] = "readback",
                ["keepUntil"] = "2025-10-11T12:00:00Z",
                ["hold"] = "no",
            },
            store.Labels[Manifests.NameOf(old)]);
    }

    [Fact]
    public async Task Says_in_a_dry_run_how_much_would_be_deleted_and_not_that_nothing_was()
    {
        var planned = (await RunAsync(new RetentionSettings { DryRun = true })).ToString();
        var done = (await RunAsync(new RetentionSettings())).ToString();
        Assert.Matches("^Dry run: would delete 1, freeing [0-9.]+ (B|KiB), and keep 1\\.$", planned);
        Assert.Equal(
            planned.Replace("Dry run: would delete 1, freeing", "Deleted 1, freed", StringComparison.Ordinal)
                .Replace("and keep", "kept", StringComparison.Ordinal), done);
    }

    [Fact]
    public async Task Tells_databases_apart_whose_names_begin_alike()
    {
        var other = Manifests.Make(Manifests.Noon.AddDays(-9), Manifests.App with { Name = "app2" }).PutInto(store);
        await RunAsync(new RetentionSettings());
        Assert.Equal([Manifests.NameOf(old), old.ObjectName], deletions);
        Assert.Contains(Manifests.NameOf(other), store.Names);
    }

    [Fact]
    public async Task Deletes_a_manifest_whose_dump_is_gone_when_its_time_has_come()
    {
        await store.DeleteAsync(
            (await store.FindAsync(old.ObjectName, Token))!, Token);
        await RunAsync(new RetentionSettings());
        Assert.Equal([young.ObjectName, Manifests.NameOf(young)], store.Names);
    }

    [Fact]
    public async Task Adds_up_what_goes_in_a_dry_run_and_afterwards()
    {
        Manifests.Make(Manifests.Noon.AddDays(-9), runId: "cc").PutInto(store);
        var planned = await RunAsync(new RetentionSettings { DryRun = true });
        var bytes = Quantity.Bytes(planned.Plan.Deletions.Sum(decision => decision.Objects.Sum(found => found.Size)));
        Assert.Equal($"Dry run: would delete 2, freeing {bytes}, and keep 1.", planned.ToString());
        Assert.Equal($"Deleted 2, freed {bytes}, kept 1.", (await RunAsync(new RetentionSettings())).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Removes_what_killed_uploads_left_as_well_and_nothing_in_a_dry_run(bool isDryRun)
    {
        var swept = new SweptStore();
        swept.Uploads.Uploads = [new("app/20251009T120000Z-3f9c2a7d.dump", "old", Manifests.Noon.AddDays(-3))];
        young.PutInto(swept);
        await new RetentionRunner(swept, output, timeProvider).RunAsync(new RetentionSettings { DryRun = isDryRun }, Token);
        Assert.Equal(isDryRun ? [] : ["old"], swept.Uploads.Aborted);
        Assert.Equal(
            [
                "Delete the parts of app/20251009T120000Z-3f9c2a7d.dump: its upload began 3 d 0 h ago and never ended",
                $"Swept, dry run {isDryRun}",
            ],
            output.Lines.Skip(1).Take(2));
    }

    private string SizeOf(BackupManifest backup) => Quantity.Bytes(4 + store.Bytes(Manifests.NameOf(backup)).Length);

    private Task<CatalogBackup> FindAsync(BackupManifest backup)
        => new BackupCatalog(store).FindAsync(new BackupChoice(backup.Id, null), Token);

    private Task<RetentionSummary> RunAsync(RetentionSettings policy)
        => new RetentionRunner(store, output, timeProvider).RunAsync(policy, Token);
}
