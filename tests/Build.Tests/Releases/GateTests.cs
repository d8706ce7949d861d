using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>Every way to drop the dependency on Backup ends at the gate, exit 5, with the database untouched.</summary>
[Long]
public sealed class GateTests(ReleaseWorld world)
{
    [Theory]
    [InlineData("Migrate", "--skip", "Backup")]
    [InlineData("Migrate", "--skip", "backup", "preflight")]
    [InlineData("Migrate", "--skip")]
    public async Task Refuses_when_the_backup_is_skipped_on_the_command_line(params string[] arguments)
    {
        await using var release = await world.NewReleaseAsync(Token);

        var outcome = await release.BuildAsync(arguments);

        outcome.MustExitWith(5).MustPrint("No backup lets the migration begin").MustPrint("Hint: ").MustPrint("./build.sh Backup");
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.Empty(release.Manifests);
    }

    [Theory]
    [InlineData("SKIP")]
    [InlineData("NUKE_SKIP")]
    public async Task Refuses_when_the_backup_is_skipped_by_the_environment(string variable)
    {
        await using var release = await world.NewReleaseAsync(Token);

        var outcome = await release.BuildAsync(new Dictionary<string, string?> { [variable] = "Backup" }, "Migrate");

        outcome.MustExitWith(5);
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Refuses_a_parameters_file_that_leaves_the_backup_out()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(
            Path.Combine(release.Root, ".nuke", "parameters.json"), """{ "Skip": ["Backup"] }""", Token);

        var outcome = await release.BuildAsync("Migrate");

        outcome.MustExitWith(2).MustPrint(".nuke/parameters.json: unknown key Skip");
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Refuses_after_a_proof_that_failed_and_says_so()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Backup");
        var dump = Assert.Single(release.StoredFiles, file => file.EndsWith(".dump.zst", StringComparison.Ordinal));
        var written = File.GetLastWriteTimeUtc(dump);
        var bytes = await File.ReadAllBytesAsync(dump, Token);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(dump, bytes, Token);
        File.SetLastWriteTimeUtc(dump, written);
        var name = Path.GetRelativePath(release.Store, dump);

        (await release.BuildAsync("VerifyBackup"))
            .MustExitWith(4)
            .MustPrint($"The dump '{name}' is not what was written: its SHA-256 is ")
            .MustPrint("Take a new backup: ./build.sh Backup");

        (await release.BuildAsync("Migrate", "--skip", "Backup"))
            .MustExitWith(5)
            .MustPrint(": its proof level is none, demanded is readback.");
        Assert.Equal(0, await release.CountNewColumnsAsync());
        (await release.BuildAsync("Migrate")).MustExitWith(0);
    }

    [Fact]
    public async Task Says_what_there_is_of_a_backup_that_is_asked_for()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("VerifyBackup", "--backup", "20250101T000000Z-00")).MustExitWith(4)
            .MustPrint($"There is no backup '20250101T000000Z-00' in file://{release.Store}.")
            .MustPrint("./build.sh Status lists the backups that are there.");
        await release.RunAsync("Backup");
        var manifest = Assert.Single(release.Manifests);
        var dump = Assert.Single(release.StoredFiles, file => file.EndsWith(".dump.zst", StringComparison.Ordinal));
        var id = Path.GetFileName(manifest).Replace(".manifest.json", "", StringComparison.Ordinal);
        File.Move(manifest, manifest + ".away");
        (await release.BuildAsync("VerifyBackup", "--backup", id)).MustExitWith(4)
            .MustPrint(
                $"There is no backup '{id}' in file://{release.Store}. '{Path.GetRelativePath(release.Store, dump)}' has no manifest, so "
                    + "it is no backup.");
        File.Move(manifest + ".away", manifest);
        File.Delete(dump);
        (await release.BuildAsync("VerifyBackup", "--backup", id))
            .MustExitWith(4)
            .MustPrint($"The dump '{Path.GetRelativePath(release.Store, dump)}' is missing in file://{release.Store}.");
        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("incomplete");
    }

    [Fact]
    public async Task Accepts_a_backup_that_an_earlier_job_took_and_refuses_it_after_one_flipped_byte()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("Backup")).MustExitWith(0).MustPrint("readback");
        var manifest = Assert.Single(release.Manifests);
        var kept = await File.ReadAllBytesAsync(manifest, Token);
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest, Token))
                .Replace("\"lastMigration\"", "\"lastMigratiom\"", StringComparison.OrdinalIgnoreCase),
            Token);

        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5);
        Assert.Equal(0, await release.CountNewColumnsAsync());

        await File.WriteAllBytesAsync(manifest, kept, Token);
        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(0);
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }
}
