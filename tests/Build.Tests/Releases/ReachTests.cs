using Belay;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>What goes on when something is out of reach that a target does not need.</summary>
public sealed class ReachTests(ReleaseWorld world)
{
    [Fact]
    public async Task Shows_keeps_fetches_and_cleans_backups_without_a_database_an_address_of_one_and_migrations()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("Backup")).MustExitWith(ExitCodes.Done);
        Directory.Delete(release.Migrations, recursive: true);
        var id = Path.GetFileName(Assert.Single(release.Manifests)).Split('.')[0];
        var nowhere = new Dictionary<string, string?> { ["DATABASE_URL"] = null };

        (await release.BuildAsync(nowhere, "Status")).MustExitWith(ExitCodes.Done)
            .MustPrint("Database: not named, because DATABASE_URL is not set")
            .MustPrint("Migrations: the database was not looked at")
            .MustPrint(id[..16]);
        (await release.BuildAsync(nowhere, "VerifyBackup", "--backup", id)).MustExitWith(ExitCodes.Done);
        (await release.BuildAsync(nowhere, "FetchBackup", "--backup", id, "--to", "fetched")).MustExitWith(ExitCodes.Done);
        (await release.BuildAsync(nowhere, "HoldBackup", "--backup", id, "--reason", " "))
            .MustExitWith(ExitCodes.Usage)
            .MustPrint("--reason has an empty value");
        (await release.BuildAsync(nowhere, "HoldBackup", "--backup", id, "--reason", "audit")).MustExitWith(ExitCodes.Done);
        (await release.BuildAsync(nowhere, "ReleaseBackup", "--backup", id)).MustExitWith(ExitCodes.Done);
        (await release.BuildAsync(nowhere, "CleanupBackups")).MustExitWith(ExitCodes.Done);

        var unreachable = new Dictionary<string, string?> { ["DATABASE_URL"] = "postgresql://ann:word-of-ann@127.0.0.1:1/app" };
        (await release.BuildAsync(unreachable, "Status")).MustExitWith(ExitCodes.Done)
            .MustPrint("Cannot connect to 127.0.0.1:1/app").MustPrint("Only the store is shown").MustPrint(id[..16]);
        (await release.BuildAsync("Status")).MustExitWith(ExitCodes.Done).MustPrint("what is pending is not known").MustPrint(id[..16]);
    }

    [Fact]
    public async Task Shows_the_store_to_a_role_that_may_not_read_the_history()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await release.ExecuteAsync("ALTER TABLE belay.migration OWNER TO postgres");

        (await release.BuildAsync("Status")).MustExitWith(ExitCodes.Done)
            .MustPrint("permission denied for table migration. Only the store is shown (Hint: GRANT USAGE ON SCHEMA belay and SELECT")
            .MustPrint("readback");
    }

    [Fact]
    public async Task Takes_an_emergency_backup_when_preflight_refuses_the_migration()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_wrong.sql"), "ALTER TABLE absent ADD a integer;\n", Token);

        (await release.BuildAsync("Migrate")).MustExitWith(ExitCodes.PreflightRefused)
            .MustPrint("relation \"absent\" does not exist").MustPrint("(stops Migrate and Rollback; ./build.sh Backup goes through)");
        Assert.Empty(release.Manifests);
        (await release.BuildAsync("Backup")).MustExitWith(ExitCodes.Done).MustPrint("relation \"absent\" does not exist");
        Assert.Single(release.Manifests);
        (await release.BuildAsync("Preflight")).MustExitWith(ExitCodes.PreflightRefused);

        Directory.Delete(release.Migrations, recursive: true);
        (await release.BuildAsync("Backup")).MustExitWith(ExitCodes.Done);
        Assert.Equal(2, release.Manifests.Count);
    }

    [Fact]
    public async Task Explains_places_of_this_machine_that_are_missing_or_cannot_be_written()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var absent = new Dictionary<string, string?> { ["TMPDIR"] = Path.Combine(release.Root, "absent") };

        (await release.BuildAsync("Backup")).MustExitWith(ExitCodes.Done);
        (await release.BuildAsync(absent, "Backup")).MustExitWith(ExitCodes.BackupFailed)
            .MustPrint("Backup was stopped: a file or folder cannot be used: ").MustPrint("(TMPDIR)").MustNotPrint("fault of Belay");
        Assert.Single(release.Manifests);
        Assert.Equal(0, await release.CountBelaySessionsAsync());

        Directory.Delete(Path.Combine(release.Root, "store"), recursive: true);
        (await release.BuildAsync("Backup"))
            .MustExitWith(ExitCodes.PreflightRefused)
            .MustPrint($"There is no folder {release.Store}, which BACKUP_STORE names.");
        (await release.BuildAsync("Migrate", "--skip", "Backup"))
            .MustExitWith(ExitCodes.BackupFailed)
            .MustPrint($"There is no folder {release.Store}, which BACKUP_STORE names.");
        Assert.False(Directory.Exists(release.Store));
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Says_before_a_release_that_no_record_can_be_written_and_ends_with_the_true_exit_code_when_it_cannot()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var artifacts = Path.Combine(release.Root, "artifacts");
        await File.WriteAllTextAsync(artifacts, "a file where a folder is wanted", Token);

        (await release.BuildAsync("Migrate"))
            .MustExitWith(ExitCodes.PreflightRefused)
            .MustPrint($"The release record cannot be written into {artifacts}: ");
        Assert.Equal(0, await release.CountNewColumnsAsync());
        (await release.BuildAsync("Backup"))
            .MustExitWith(ExitCodes.Done)
            .MustPrint($"Warning: the release record could not be written into {artifacts}: ");
        (await release.BuildAsync("Migrate", "--skip", "Preflight", "Backup")).MustExitWith(ExitCodes.Done)
            .MustPrint("The run ends with exit code 0 all the same").MustNotPrint("fault of Belay");
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }
}
