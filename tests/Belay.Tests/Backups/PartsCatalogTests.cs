using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Tests.Support;

namespace Belay.Tests.Backups;

/// <summary>Backups of several objects in the catalogue, and what cleanup does with them.</summary>
public sealed class PartsCatalogTests
{
    private static readonly string[] Files = ["3340.dat.zst", "3341.dat.zst", "toc.dat.zst"];

    private readonly MemoryStore store = new();

    [Fact]
    public async Task Is_complete_with_every_part()
    {
        var manifest = Put();
        var backup = Assert.Single((await ReadAsync()).Backups);
        Assert.True(backup.IsProven);
        Assert.Equal(2, manifest.Format);
        Assert.Equal(manifest.Parts, backup.Manifest.Parts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_incomplete_when_a_part_is_missing_or_has_another_size(bool isThere)
    {
        var part = Put().Parts![1];
        if (isThere)
        {
            store.Put(part.ObjectName, [1]);
        }
        else
        {
            store.Remove(part.ObjectName);
        }

        Assert.False(Assert.Single((await ReadAsync()).Backups).IsComplete);
    }

    [Fact]
    public async Task Leaves_orphans_when_the_manifest_is_gone()
    {
        var manifest = Put();
        store.Remove(Manifests.NameOf(manifest));
        Assert.Equal(manifest.Parts!.Select(part => part.ObjectName), (await ReadAsync()).Orphans.Select(orphan => orphan.Name));
    }

    [Fact]
    public async Task Does_not_trust_a_manifest_that_names_a_part_of_another_backup()
    {
        var manifest = Put();
        var foreign = manifest with
        {
            Parts =
            [
                .. manifest.Parts!
                    .Select(part => part with { ObjectName = part.ObjectName.Replace("-aa.", "-bb.", StringComparison.Ordinal) }),
            ],
        };
        store.Put(Manifests.NameOf(manifest), ManifestFile.Serialize(foreign));
        Assert.Single((await ReadAsync()).Unreadable);
    }

    [Fact]
    public async Task Is_cleaned_up_with_the_manifest_first_and_every_part_after_it()
    {
        var old = Put();
        Manifests.Make(Manifests.Noon.AddDays(9), runId: "bb").PutInto(store);
        var decision = Assert.Single(
            RetentionPlanner.Decide(await ReadAsync(), Manifests.Noon.AddDays(10), new RetentionSettings()).Deletions);
        Assert.Equal([Manifests.NameOf(old), .. old.Parts!.Select(part => part.ObjectName)], decision.Objects.Select(found => found.Name));
    }

    private BackupManifest Put()
    {
        var made = Manifests.Make(Manifests.Noon);
        var parts = Files.Select(file => new BackupPart(file[..^4], $"app/{made.Id}.dump.d/{file}", 4, new string('0', 64), null)).ToList();
        parts.ForEach(part => store.Put(part.ObjectName, [1, 2, 3, 4], made.EndedUtc));
        var manifest = made with { Format = 2, Parts = parts, ObjectName = parts[^1].ObjectName, Size = 12 };
        store.Put(Manifests.NameOf(manifest), ManifestFile.Serialize(manifest), manifest.EndedUtc);
        return manifest;
    }

    private Task<CatalogContents> ReadAsync() => new BackupCatalog(store).ReadAsync(Token);
}
