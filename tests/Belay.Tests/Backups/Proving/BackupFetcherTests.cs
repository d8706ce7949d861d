using System.Security.Cryptography;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Proving;

public sealed class BackupFetcherTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"belay-fetch-{Guid.NewGuid():N}");
    private readonly MemoryStore store = new();
    private readonly BackupManifest backup;

    public BackupFetcherTests()
    {
        var plain = Manifests.Make(Manifests.Noon);
        backup = plain with
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData("dump"u8)),
            GlobalsObjectName = $"app/{plain.Id}.globals.sql",
        };
        backup.PutInto(store);
        store.Put(backup.GlobalsObjectName!, "roles"u8.ToArray());
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Writes_dump_globals_and_manifest_for_its_user_alone()
    {
        var paths = await FetchAsync();
        Assert.Equal(
            [.. new[] { ".dump.zst", ".globals.sql", ".manifest.json" }.Select(end => Path.Combine(folder, backup.Id + end))], paths);
        Assert.Equal("dump"u8.ToArray(), await File.ReadAllBytesAsync(paths[0], Token));
        Assert.Equal("roles"u8.ToArray(), await File.ReadAllBytesAsync(paths[1], Token));
        Assert.Equal(store.Bytes(Manifests.NameOf(backup)), await File.ReadAllBytesAsync(paths[2], Token));
        Assert.Equal(paths.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Order(StringComparer.Ordinal));
        Assert.All(
            paths,
            path => Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Fact]
    public async Task Keeps_nothing_of_a_dump_that_is_not_what_was_written()
    {
        store.Put(backup.ObjectName, "rot!"u8.ToArray());
        var fault = await Assert.ThrowsAsync<DamagedDumpException>(FetchAsync);
        Assert.Equal(
            $"The dump '{backup.ObjectName}' is not what was written: its SHA-256 is "
                + $"{Convert.ToHexStringLower(SHA256.HashData("rot!"u8))}, its manifest says {backup.Sha256}. Nothing was kept of it.",
            fault.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Keeps_nothing_when_a_later_object_cannot_be_read()
    {
        store.Remove(backup.GlobalsObjectName!);
        var fault = await Assert.ThrowsAsync<StoreException>(FetchAsync);
        Assert.Equal($"There is no object '{backup.GlobalsObjectName}' in memory://store.", fault.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Leaves_a_file_that_is_there_and_reads_nothing()
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{backup.Id}.globals.sql");
        await File.WriteAllTextAsync(path, "mine", Token);
        store.BeforeOperation = (verb, name) => Assert.Fail($"{verb} {name}");
        var fault = await Assert.ThrowsAsync<StoreException>(FetchAsync);
        Assert.Equal($"There is a file {path} already; nothing was fetched.", fault.Message);
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    private Task<IReadOnlyList<string>> FetchAsync()
        => new BackupFetcher(store, new TestOutput(), TimeProvider.System).RunAsync(backup, folder, Token);
}
