using Azure.Storage.Blobs;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>The commands of docs/backups.md that are not about restoring.</summary>
public sealed class BackupsPageTests(ReleaseWorld world, AzureWorld azure)
{
    [Fact]
    [Walks("backups.md", "Proof")]
    public Task Proof() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.ExecuteAsync(
            "CREATE TABLE noise AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 5000) i; GRANT SELECT ON noise TO PUBLIC");
        (await walk.Release.BuildAsync("Backup", "--compression", "none")).MustExitWith(0);
        (await walk.ShellAsync("dump=$(ls store/*/*.dump); head -c $(($(stat -c %s \"$dump\") / 2)) \"$dump\" > half")).MustExitWith(0);

        (await walk.ShellAsync(walk.Take("pg_restore --list") + " half")).MustExitWith(0).MustPrint("TABLE DATA public noise");
        (await walk.ShellAsync("! pg_restore -f /dev/null half")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh VerifyBackup --backup latest --proof-level restored"))
            .MustExitWith(0)
            .MustPrint("proven by restored");
        Assert.Contains("\"restored\"", await File.ReadAllTextAsync(walk.Release.Manifests[0], Token), StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    [Walks("backups.md", "Who is trusted")]
    public Task Who_is_trusted() => Walk.RunAsync(world, async walk =>
    {
        var command = walk.Take("openssl rand -base64 32");
        (await walk.ShellAsync($"umask 077; {command} > key; {command} > other")).MustExitWith(0);
        walk.Environment["RECORD_KEY_FILE"] = Path.Combine(walk.Release.Root, "key");
        (await walk.ShellAsync("./build.sh Backup")).MustExitWith(0);

        walk.Environment["RECORD_KEY_FILE"] = Path.Combine(walk.Release.Root, "other");
        (await walk.ShellAsync("./build.sh Migrate --skip Backup")).MustExitWith(5).MustPrint("seal");
        walk.Environment["RECORD_KEY_FILE"] = Path.Combine(walk.Release.Root, "key");
        (await walk.ShellAsync("./build.sh Migrate --skip Backup")).MustExitWith(0);
    });

    [Fact]
    [Walks("backups.md", "Retention")]
    public Task Retention() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.TakeBackupAsync(TimeSpan.FromDays(20));
        var held = await walk.Release.TakeBackupAsync(TimeSpan.FromDays(3));
        await walk.Release.RunAsync("Backup");
        (await walk.TypeAsync("./build.sh CleanupBackups")).MustExitWith(0).MustPrint("Deleted 1, ");

        walk.Fill("<id>", held.Id);
        (await walk.TypeAsync("./build.sh HoldBackup --backup <id> --reason \"audit\"")).MustExitWith(0);
        (await walk.Release.BuildAsync("CleanupBackups", "--retention-days", "1"))
            .MustExitWith(0)
            .MustPrint("it is on hold: audit")
            .MustPrint("Deleted 0, ");
        Assert.Equal(2, walk.Release.Manifests.Count);
    });

    [Fact]
    [Walks("backups.md", "On a schedule")]
    public Task On_a_schedule() => Walk.RunAsync(world, async walk =>
    {
        walk.Environment["DATABASE_URL"] = null;
        walk.Fill("/srv/release", walk.Release.Root);
        walk.Fill("/var/log/belay-cleanup.log", Path.Combine(walk.Release.Root, "cleanup.log"));
        await walk.Release.TakeBackupAsync(TimeSpan.FromDays(20));
        await walk.Release.RunAsync("Backup");

        var line = walk.Take(
            "17 3 * * *  release  cd /srv/release && ./build.sh CleanupBackups --retention-days 7 >> /var/log/belay-cleanup.log 2>&1");
        (await walk.ShellAsync(line.Split("  release  ")[1])).MustExitWith(0);
        Assert.Contains(
            "Deleted 1, ", await File.ReadAllTextAsync(Path.Combine(walk.Release.Root, "cleanup.log"), Token), StringComparison.Ordinal);
        var service = walk.Take("ExecStart=/srv/release/build.sh CleanupBackups --retention-days 7");
        (await walk.ShellAsync(service["ExecStart=".Length..])).MustExitWith(0).MustPrint("Deleted 0, ");

        (await walk.TypeAsync("./build.sh Status --max-age 26h")).MustExitWith(0);
        (await walk.ShellAsync("./build.sh Status --max-age 1ms")).MustExitWith(4).MustPrint(" old; --max-age allows ");
    });

    [Fact]
    [Walks("backups.md", "Immutable backups")]
    public Task Immutable_backups() => Walk.RunAsync(world, async walk =>
    {
        await using var store = await ConnectAsync(walk);

        (await walk.TypeAsync("./build.sh Backup --immutable")).MustExitWith(4);
        var backup = Assert.Single((await store.ReadAsync()).Backups);
        Assert.Equal(ProofLevel.Readback, backup.Judgement.Level);
        Assert.Null(backup.Manifest.ImmutableUntil);
    });

    [Fact]
    [Walks("backups.md", "Index tags")]
    public Task Index_tags() => Walk.RunAsync(world, async walk =>
    {
        await using var store = await ConnectAsync(walk);
        (await walk.ShellAsync("./build.sh Backup --proof-level restored")).MustExitWith(0);
        walk.Fill("'app'", $"'{walk.Release.Database}'");

        // There is no az here: the shell says what it would be given, and the library asks the same.
        var command = walk.Take(
            "az storage blob filter --account-name account --tag-filter \"\\\"database\\\"='app' AND \\\"state\\\"='restored'\"");
        var expression = (await walk.ShellAsync($"az() {{ printf '%s' \"${{@: -1}}\"; }}; {command}")).MustExitWith(0).Output.Trim();
        var container = new BlobContainerClient(
            store.Direct["BACKUP_STORE"],
            store.Direct["BACKUP_CONTAINER"],
            new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04));
        var found = await container.FindBlobsByTagsAsync(expression, Token).Select(blob => blob.BlobName).ToListAsync(Token);
        Assert.Equal([Assert.Single((await store.ReadAsync()).Backups).ManifestObject.Name], found);
    });

    private async Task<HeldStore> ConnectAsync(Walk walk)
    {
        var store = await azure.NewStoreAsync(Token);
        store.Direct.ToList().ForEach(variable => walk.Environment[variable.Key] = variable.Value);
        return store;
    }
}
