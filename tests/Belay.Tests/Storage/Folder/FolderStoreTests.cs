using System.Diagnostics;
using System.Runtime.InteropServices;
using Belay.Storage;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Storage.Folder;

public sealed class FolderStoreTests : StoreConformanceTests, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("belay-store-").FullName;

    private FolderStoreLocation Location => new() { Folder = folder, Prefix = "backups" };

    protected override Task<IBackupStore> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(StoreFactory.Open(Location));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Writes_below_the_prefix()
    {
        var store = await OpenAsync(Token);

        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);

        Assert.Equal($"file://{folder}/backups", store.DisplayName);
        Assert.Equal("a", await File.ReadAllTextAsync(Path.Combine(folder, "backups", "app", "one"), Token));
    }

    [Fact]
    public async Task Hides_the_file_of_an_upload_under_way_and_names_its_writer()
    {
        var store = await OpenAsync(Token);
        await using var upload = await store.BeginUploadAsync("app/one", Token);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "backups", "app")));

        Assert.StartsWith($".one~{Environment.MachineName}~{Environment.ProcessId}~", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.EndsWith(".partial", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweeps_what_dead_processes_left_and_nothing_else()
    {
        var dead = await DeadProcessIdAsync();
        var app = Directory.CreateDirectory(Path.Combine(folder, "backups", "app")).FullName;
        var gone = $".one~{Environment.MachineName}~{dead}~aa.partial";
        var mine = $".one~{Environment.MachineName}~{Environment.ProcessId}~bb.partial";
        var elsewhere = $".one~another-machine~{dead}~cc.partial";
        var old = $".one~another-machine~{dead}~dd.partial";
        foreach (var name in new[] { gone, mine, elsewhere, old })
        {
            await File.WriteAllTextAsync(Path.Combine(app, name), "half", Token);
        }

        File.SetLastWriteTimeUtc(Path.Combine(app, old), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));
        var store = await OpenAsync(Token);
        Assert.Empty(await NamesAsync(store, ""));

        await store.CreateAsync("app/new", "a"u8.ToArray(), Token);

        Assert.Equal(
            new[] { mine, elsewhere, "new" }.Order(StringComparer.Ordinal),
            Directory.GetFiles(app).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sweeps_the_folders_of_all_databases_when_asked_and_tells_each_file()
    {
        var app = Directory.CreateDirectory(Path.Combine(folder, "backups", "app")).FullName;
        var gone = $".one~{Environment.MachineName}~{await DeadProcessIdAsync()}~aa.partial";
        await File.WriteAllTextAsync(Path.Combine(app, gone), "half", Token);
        var store = await OpenAsync(Token);
        string[] told = [$"Delete app/{gone} (4 B): its upload was killed"];

        Assert.Equal(told, await store.SweepUploadsAsync(dryRun: true, Token));
        Assert.Single(Directory.GetFiles(app));
        Assert.Equal(told, await store.SweepUploadsAsync(dryRun: false, Token));
        Assert.Empty(Directory.GetFiles(app));
        Assert.Empty(await store.SweepUploadsAsync(dryRun: false, Token));
    }

    [Fact]
    public async Task Explains_a_full_disk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        var store = new FolderStore(
            Location,
            TimeProvider.System,
            _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        await using var upload = await store.BeginUploadAsync("app/one", Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => upload.WriteAsync(new byte[100], Token).AsTask());

        Assert.Equal($"Cannot write 'app/one' in {store.DisplayName}: the disk is full. Nothing of this object is kept.", fault.Message);
        Assert.Equal($"Free space below {folder}/backups, or run ./build.sh CleanupBackups to delete expired backups.", fault.Hint);
        Assert.Equal(ExitCodes.BackupFailed, fault.ExitCode);
    }

    [Fact]
    public async Task Lets_go_of_a_buffered_upload_on_a_full_disk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a disk that is always full.");
        var store = new FolderStore(
            Location,
            TimeProvider.System,
            _ => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 4096));
        await using (var upload = await store.BeginUploadAsync("app/one", Token))
        {
            await upload.WriteAsync(new byte[100], Token);
            var fault = await Assert.ThrowsAsync<StoreException>(() => upload.CommitAsync(Token));
            Assert.Equal(
                $"Cannot commit 'app/one' in {store.DisplayName}: the disk is full. Nothing of this object is kept.", fault.Message);
        }

        Assert.Empty(await NamesAsync(store, ""));
    }

    [Fact]
    public async Task Explains_a_folder_that_cannot_be_made()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "backups"), "a file, not a folder", Token);
        var store = await OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.ProbeAsync(Token));

        Assert.StartsWith($"Cannot create 'belay-probe-", fault.Message, StringComparison.Ordinal);
        Assert.Equal($"Look whether {folder}/backups is mounted and healthy.", fault.Hint);
    }

    [Fact]
    public async Task Refuses_a_folder_that_is_not_there_instead_of_making_it()
    {
        var absent = Path.Combine(folder, "absent");
        var store = StoreFactory.Open(new FolderStoreLocation { Folder = absent, Prefix = "backups" });
        Func<Task>[] all =
        [
            () => store.ProbeAsync(Token),
            () => NamesAsync(store, ""),
            () => store.FindAsync("app/one", Token),
            () => store.BeginUploadAsync("app/one", Token),
            () => store.OpenReadAsync("app/one", Token),
            () => store.UseAsync("app/one", _ => { }, Token),
            () => store.SweepUploadsAsync(dryRun: false, Token),
        ];

        foreach (var one in all)
        {
            var fault = await Assert.ThrowsAsync<StoreException>(one);
            Assert.Equal($"There is no folder {absent}, which BACKUP_STORE names.", fault.Message);
            Assert.Equal($"Mount its disk. If the store is new, make the folder: mkdir -m 700 {absent}", fault.Hint);
        }

        Assert.False(Directory.Exists(absent));
    }

    [Fact]
    public async Task Stops_when_the_folder_goes_away_and_when_another_comes_in_its_place()
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "mounted")).FullName;
        var store = StoreFactory.Open(new FolderStoreLocation { Folder = root });
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        await using var upload = await store.BeginUploadAsync("app/two", Token);
        Directory.Move(root, root + ".gone");

        var gone = await Assert.ThrowsAsync<StoreException>(() => store.CreateAsync("app/three", "c"u8.ToArray(), Token));
        Assert.Equal($"There is no folder {root}, which BACKUP_STORE names; it was there when this run began.", gone.Message);

        Directory.CreateDirectory(root);
        var other = await Assert.ThrowsAsync<StoreException>(() => store.CreateAsync("app/three", "c"u8.ToArray(), Token));
        Assert.Equal(
            $"The folder {root} of file://{root} is not the one that it was when this run began: its disk was unmounted or mounted, or "
                + "somebody made it anew.", other.Message);
        await Assert.ThrowsAsync<StoreException>(() => upload.CommitAsync(Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("0022")]
    [InlineData("0077")]
    public async Task Gives_files_and_folders_to_their_user_alone_whatever_the_umask(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var before = SetMask(Convert.ToInt32(umask, 8));
        try
        {
            var store = await OpenAsync(Token);
            await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
            await store.ReplaceAsync((await store.FindAsync("app/one", Token))!, "b"u8.ToArray(), Token);
            await using var use = await store.UseAsync("app/one", _ => { }, Token);
            await using var upload = await store.BeginUploadAsync("app/two", Token);

            var backups = Path.Combine(folder, "backups");
            Assert.All(
                Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories),
                path => Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
            var files = Directory.EnumerateFiles(
                backups, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ToList();
            Assert.Equal(4, files.Count);
            Assert.All(files, path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        }
        finally
        {
            _ = SetMask(before);
        }
    }

    [Fact]
    public async Task Leaves_no_folder_of_a_probe_and_removes_the_one_that_was_left()
    {
        var left = Directory.CreateDirectory(Path.Combine(folder, "backups", "belay-probe")).FullName;
        var store = await OpenAsync(Token);

        await store.ProbeAsync(Token);

        Assert.False(Directory.Exists(left));
        Assert.Empty(
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "backups")).Select(Path.GetFileName).Except([".belay.lock"]));
    }

    [Fact]
    public async Task Lets_only_one_of_many_writers_replace_a_version()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var first = await store.FindAsync("app/one", Token);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(writer => Task.Run(() => store.ReplaceAsync(first!, new[] { (byte)writer }, Token))));

        Assert.Single(results, replaced => replaced);
    }

    [Fact]
    public async Task Lets_only_one_of_many_uploads_have_the_name()
    {
        var store = await OpenAsync(Token);
        var uploads = new List<IObjectUpload>();
        for (var writer = 0; writer < 8; writer++)
        {
            uploads.Add(await store.BeginUploadAsync("app/one", Token));
        }

        var commits = await Task.WhenAll(
            uploads.Select(upload => Task.Run(async () => await Record.ExceptionAsync(() => upload.CommitAsync(Token)))));

        Assert.Single(commits, fault => fault is null);
    }

    [Fact]
    public async Task Lets_go_of_what_a_killed_process_or_a_silent_machine_marked()
    {
        var dead = await DeadProcessIdAsync();
        var timeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var store = new FolderStore(Location, timeProvider);
        await store.CreateAsync("app/one~two", "a"u8.ToArray(), Token);
        var app = Path.Combine(folder, "backups", "app");
        await File.WriteAllBytesAsync(Path.Combine(app, $".one~two~{Environment.MachineName}~{dead}~aa.use"), [], Token);
        Assert.Null((await store.FindAsync("app/one~two", Token))!.Protection);
        var silent = Path.Combine(app, $".one~two~another-machine~{dead}~bb.use");
        await File.WriteAllBytesAsync(silent, [], Token);
        File.SetLastWriteTimeUtc(silent, timeProvider.GetUtcNow().UtcDateTime);
        Assert.Equal("it is in use by a proof, a restore or a migration", (await store.FindAsync("app/one~two", Token))!.Protection);

        timeProvider.Advance(TimeSpan.FromSeconds(121));

        var free = Assert.Single(await ListAsync(store, ""));
        Assert.Null(free.Protection);
        Assert.True(await store.DeleteAsync(free, Token));
        Assert.Empty(Directory.GetFiles(app));
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMask(int mask);

    private static async Task<int> DeadProcessIdAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return process.Id;
    }
}
