using Belay.Backups.Catalogue;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Catalogue;

/// <summary>What a manifest names is read and deleted, so it may only name objects of its own backup.</summary>
public sealed class ManifestNameTests
{
    private const string Stem = "app/20251012T115800Z-aa";

    private static readonly BackupManifest Own = Manifests.Make(Manifests.Noon);

    /// <summary>Title, the manifest, the name that it must not have.</summary>
    public static TheoryData<string, BackupManifest, string> Table => new()
    {
        { "roles that are another database's dump", Own with
        {
            Globals = Part("globals.sql", "other/20251012T115800Z-bb.dump.zst"),
        }, "other/20251012T115800Z-bb.dump.zst" },
        { "roles that are its own dump", Own with { Globals = Part("globals.sql", Own.ObjectName) }, Own.ObjectName },
        { "roles of the older formats that are another backup's", Own with
        {
            GlobalsObjectName = "app/20251011T115800Z-bb.globals.sql",
        }, "app/20251011T115800Z-bb.globals.sql" },
        { "a dump that is the manifest itself", Own with { ObjectName = Stem + ".manifest.json" }, Stem + ".manifest.json" },
        { "a dump that is its roles", Own with { ObjectName = Stem + ".globals.sql" }, Stem + ".globals.sql" },
        { "a part that is no part", Parts(Part("toc.dat", Stem + ".dump.d/toc.dat"), Part("1.dat", Stem + ".dump.zst")), Stem
            + ".dump.zst" },
        { "a part of another backup", Parts(
            Part("toc.dat", Stem + ".dump.d/toc.dat"), Part("1.dat", "app/20251011T115800Z-bb.dump.d/1.dat")),
            "app/20251011T115800Z-bb.dump.d/1.dat" },
        { "a part twice", Parts(Part("toc.dat", Stem + ".dump.d/toc.dat"), Part("1.dat", Stem + ".dump.d/toc.dat")), Stem
            + ".dump.d/toc.dat" },
        { "a table of contents that is none of the parts", Parts(Part("1.dat", Stem + ".dump.d/1.dat")), Stem + ".dump.d/toc.dat" },
    };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public async Task Does_not_trust_a_manifest_that_names_what_is_not_its_own(string title, BackupManifest manifest, string name)
    {
        Assert.NotEmpty(title);
        var store = new MemoryStore();
        store.Put(Stem + ".manifest.json", ManifestFile.Serialize(manifest));
        var contents = await new BackupCatalog(store).ReadAsync(Token);
        Assert.Equal(
            $"The manifest '{Stem}.manifest.json' names '{name}', which is no object of its backup.",
            Assert.Single(contents.Unreadable).Reason);
    }

    private static BackupManifest Parts(params BackupPart[] parts) => Own with { ObjectName = Stem + ".dump.d/toc.dat", Parts = parts };

    private static BackupPart Part(string file, string name) => new(file, name, 4, "", null);
}
