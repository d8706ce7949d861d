using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Tests.Backups;

namespace Belay.Tests.Retention;

/// <summary>Backups that a proof, a restore or a migration uses meanwhile.</summary>
public sealed partial class RetentionRunnerTests
{
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
    public async Task Says_why_it_left_a_backup_that_the_store_protects_since_the_plan()
    {
        IAsyncDisposable? mark = null;
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && mark is null)
            {
                mark = store.UseAsync(name, _ => { }, Token).GetAwaiter().GetResult();
            }
        };
        Assert.Single((await RunAsync(new RetentionSettings())).Changed);
        Assert.Equal(
            [$"'{Manifests.NameOf(old)}' was left: it is in use by a proof, a restore or a migration."], output.Warnings);
        Assert.Equal(4, store.Names.Count);
    }
}
