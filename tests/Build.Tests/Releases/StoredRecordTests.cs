using System.Security.Cryptography;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>The records that releases store beside the backups, and what can be asked of them from anywhere.</summary>
public sealed class StoredRecordTests(ReleaseWorld world)
{
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task A_database_s_past_is_told_from_another_folder_without_the_database()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.EndAsync("Backup")).MustExitWith(0);
        (await release.EndAsync("Migrate", ("dry-run", "true"))).MustExitWith(0);
        Assert.Empty(release.StoredRecords);
        (await release.EndAsync("Migrate")).MustExitWith(0).MustPrint($"Release record 1 of {release.Database} in file:///");
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_fails.sql"), "SELECT 1 / 0;", Token);
        (await release.EndAsync("Migrate")).MustExitWith(6);

        Directory.Delete(Path.Combine(release.Root, "artifacts"), recursive: true);
        var outcome = await release.BuildAsync(
            new Dictionary<string, string?> { ["DATABASE_URL"] = null }, "Status", "--releases", "--database", release.Database);

        outcome.MustExitWith(0)
            .MustPrint($"Releases of {release.Database}: 2")
            .MustPrint("succeeded")
            .MustPrint("failed (exit 6)")
            .MustPrint("0001_add_user");
        (await release.EndAsync("Status", ("releases", "true"), ("database", "another"))).MustExitWith(0)
            .MustPrint("Releases of another: none is on record in the store");
    }

    [Fact]
    public async Task Signed_records_are_checked_with_the_public_key_alone_and_a_changed_one_is_named()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var sealing = new Dictionary<string, string?>(release.Environment) { ["RECORD_KEY"] = Key };
        (await new RunInProcess(release.Root, sealing).RunAsync("Migrate")).MustExitWith(0);
        (await new RunInProcess(release.Root, sealing).RunAsync("Rollback", ("confirm", release.Database))).MustExitWith(0);

        var whole = await release.BuildAsync(sealing, "VerifyRecords");
        whole.MustExitWith(0).MustPrint($"2 records of {release.Database}, each as it was stored, 2 signed");
        var lines = whole.Output.Split('\n');
        var publicKey = lines.First(line => line.Contains("Public key sha256:", StringComparison.Ordinal)).Split(' ')[^1];
        Tamper(release.StoredRecords[0], "\"succeeded\"", "\"cancelled\"");

        (await release.BuildAsync("VerifyRecords", "--record-public-key", publicKey.Trim())).MustExitWith(12)
            .MustPrint($"Record 1 of {release.Database} was changed: its signature is not one over what it says now. It is the first.");
        (await release.EndAsync("VerifyRecords")).MustExitWith(12)
            .MustPrint($"Record 1 of {release.Database} is not the one that record 2 was written after");
        (await release.EndAsync("VerifyRecords", ("record-public-key", "no key"))).MustExitWith(2)
            .MustPrint("--record-public-key is \"no key\": that is no public key of the curve P-256 in Base64");
    }

    [Fact]
    public async Task Records_that_were_cut_off_are_seen_by_the_database_s_own_history()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.EndAsync("VerifyRecords")).MustExitWith(0).MustPrint($"no records of {release.Database}");
        (await release.EndAsync("Migrate")).MustExitWith(0);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_one.sql"), "SELECT 1;", Token);
        (await release.EndAsync("Migrate")).MustExitWith(0);
        (await release.EndAsync("VerifyRecords")).MustExitWith(0);
        File.Delete(release.StoredRecords[^1]);
        (await release.EndAsync("VerifyRecords", ("database", "another"))).MustExitWith(0).MustPrint("no records of another");

        (await release.EndAsync("VerifyRecords")).MustExitWith(12).MustPrint("names 1 migration that no record has, from 0002_one of ");
        var withoutDatabase = new Dictionary<string, string?>(release.Environment) { ["DATABASE_URL"] = null };
        (await new RunInProcess(release.Root, withoutDatabase).RunAsync("VerifyRecords", ("database", release.Database))).MustExitWith(0)
            .MustPrint("Records that were cut off at the end are not seen: set DATABASE_URL to this database");
        (await new RunInProcess(release.Root, withoutDatabase).RunAsync("VerifyRecords")).MustExitWith(2)
            .MustPrint("VerifyRecords needs to know which database is meant");
    }

    [Fact]
    public async Task A_store_that_fails_at_the_end_changes_no_outcome_and_the_next_release_brings_the_record_there()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var place = Path.Combine(release.Store, release.Database, "releases");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await File.WriteAllTextAsync(place, "in the way", Token);

        (await release.EndAsync("Migrate")).MustExitWith(0)
            .MustPrint("Warning: the record of this run is not in file:///").MustPrint("and on this machine alone: ");
        Assert.Empty(release.StoredRecords);
        File.Delete(place);
        (await release.EndAsync("Migrate")).MustExitWith(0)
            .MustPrint($"could not be stored then, is record 1 of {release.Database} now")
            .MustPrint($"Release record 2 of {release.Database}");

        (await release.EndAsync("VerifyRecords")).MustExitWith(0).MustPrint($"2 records of {release.Database}");
    }

    [Fact]
    public async Task A_change_of_the_history_is_stored_too_and_cleanup_leaves_all_records()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.EndAsync("Baseline", ("migration-version", "1"))).MustExitWith(0).MustPrint("Release record 1 of ");
        (await release.EndAsync("Backup")).MustExitWith(0);

        (await new RunInProcess(release.Root, release.Environment) { TimeProvider = new LaterTimeProvider(TimeSpan.FromDays(400)) }
            .RunAsync("CleanupBackups")).MustExitWith(0).MustNotPrint("releases/");

        Assert.Single(release.StoredRecords);
        (await release.EndAsync("Status")).MustExitWith(0).MustNotPrint("releases/");
        var without = new Dictionary<string, string?>(release.Environment) { ["BACKUP_STORE"] = null };
        (await new RunInProcess(release.Root, without).RunAsync("Repair", ("migration-version", "1"), ("reason", "a test")))
            .MustNotPrint("Release record 2");
    }

    [Fact]
    public async Task Two_releases_at_once_have_a_number_each()
    {
        await using var release = await world.NewReleaseAsync(Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => release.EndAsync("Migrate")));

        Assert.All(outcomes, outcome => outcome.MustExitWith(0));
        (await release.EndAsync("VerifyRecords")).MustExitWith(0).MustPrint($"3 records of {release.Database}");
    }

    private static void Tamper(string file, string text, string other)
    {
        var before = File.ReadAllText(file);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(file, before.Replace(text, other, StringComparison.Ordinal));
    }

    /// <summary>The system's clock, ahead.</summary>
    private sealed class LaterTimeProvider(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
