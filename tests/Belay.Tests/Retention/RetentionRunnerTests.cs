using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Storage;
using Belay.Tests.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Retention;

public sealed class RetentionRunnerTests
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
    public async Task Leaves_a_backup_that_is_in_use_and_deletes_it_afterwards()
    {
        await using (await new BackupUse(store, output, timeProvider).BeginAsync(old, Token))
        {
            Assert.Empty((await RunAsync(new RetentionSettings())).Deleted);
            Assert.Contains(
                $"Keep {old.Database.Name} {old.Id} ({Quantity.Bytes(4 + store.Bytes(Manifests.NameOf(old)).Length)}): it is in use by a "
                    + "proof, a restore or a migration", output.Lines);
        }

        Assert.Single((await RunAsync(new RetentionSettings())).Deleted);
    }

    [Fact]
    public async Task Leaves_the_whole_backup_when_its_use_begins_between_the_plan_and_the_deletion()
    {
        IAsyncDisposable? use = null;
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == Manifests.NameOf(old))
            {
                use = new BackupUse(store, output, timeProvider).BeginAsync(old, Token).GetAwaiter().GetResult();
            }
        };
        Assert.Empty((await RunAsync(new RetentionSettings())).Deleted);
        Assert.Equal(4, store.Names.Count);
        Assert.Equal([$"'{Manifests.NameOf(old)}' was left: it changed meanwhile."], output.Warnings);
        await use!.DisposeAsync();
    }

    [Fact]
    public async Task Leaves_the_dump_and_tells_the_user_when_the_use_comes_too_late_for_the_manifest()
    {
        BackupException? late = null;
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == old.ObjectName)
            {
                late = Assert.Throws<BackupException>(
                    () => new BackupUse(store, output, timeProvider)
                        .BeginAsync(old, Token)
                        .GetAwaiter()
                        .GetResult());
            }
        };
        Assert.Single((await RunAsync(new RetentionSettings())).Deleted);
        Assert.Equal($"The manifest '{Manifests.NameOf(old)}' is no longer in memory://store.", late!.Message);
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

    private Task<CatalogBackup> FindAsync(BackupManifest backup)
        => new BackupCatalog(store).FindAsync(new BackupChoice(backup.Id, null), Token);

    private Task<RetentionSummary> RunAsync(RetentionSettings policy)
        => new RetentionRunner(store, output, timeProvider).RunAsync(policy, Token);
}
