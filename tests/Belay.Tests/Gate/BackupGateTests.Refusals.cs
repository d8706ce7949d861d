using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Storage;
using Belay.Tests.Backups;

namespace Belay.Tests.Gate;

public sealed partial class BackupGateTests
{
    [Fact]
    public async Task Refuses_a_backup_that_is_deleted_while_the_gate_looks()
    {
        fitting.PutInto(store);
        store.BeforeOperation = (verb, _) =>
        {
            if (verb == "use")
            {
                store.Remove(Manifests.NameOf(fitting));
            }
        };
        var exception = await Assert.ThrowsAsync<GateException>(() => DemandAsync());
        Assert.Equal(
            $"Backup {fitting.Id} opened the gate but cannot be held: The manifest '{Manifests.NameOf(fitting)}' is no longer in "
                + "memory://store.",
            exception.Message);
        Assert.Equal(("./build.sh Backup", ExitCodes.GateRefused), (exception.Hint, exception.ExitCode));
        Assert.Null((await FindDumpAsync()).Protection);
    }

    [Fact]
    public async Task Refuses_a_backup_that_this_run_could_not_decrypt()
    {
        (fitting with { Encryption = new ObjectEncryption("AES", "sha256:0011") }).PutInto(store);
        await RefusesAsync(
            "20251012T114800Z-aa: it is encrypted with the key sha256:0011, and this run has none (BACKUP_KEY, BACKUP_KEY_FILE).");
    }

    [Theory]
    [InlineData("", "its roles have 0 bytes, the manifest says 5.")]
    [InlineData("rotes", "its roles were replaced after they were proven.")]
    [InlineData(null, "its roles 'app/20251012T114800Z-aa.globals.sql' are missing.")]
    public async Task Refuses_a_backup_whose_roles_are_not_those_that_were_stored(string? now, string reason)
    {
        var name = $"app/{fitting.Id}.globals.sql";
        store.Put(name, "roles"u8.ToArray());
        var version = (await store.FindAsync(name, Token))!.Version;
        (fitting with { Globals = new BackupPart("globals.sql", name, 5, "", version) }).PutInto(store);
        Assert.NotNull(await DemandAsync());
        store.Remove(name);
        if (now is not null)
        {
            store.Put(name, Encoding.ASCII.GetBytes(now));
        }

        await RefusesAsync($"20251012T114800Z-aa: {reason}");
    }

    [Fact]
    public async Task Refuses_a_backup_without_tables_of_a_database_that_has_some()
    {
        (fitting with { Tables = [new BackupTable(1, "belay.migration", true)] }).PutInto(store);
        await RefusesAsync("20251012T114800Z-aa: it has no table, and the database has 2.");
    }

    [Fact]
    public async Task Lets_pass_a_backup_without_tables_of_a_database_that_has_none_either()
    {
        (fitting with { Tables = [] }).PutInto(store);
        Assert.Equal(fitting.Id, (await DemandAsync(Manifests.Target with { Tables = 0 })).Backup.Id);
    }

    [Fact]
    public async Task Lets_pass_a_backup_with_one_table_of_its_own_beside_Belay_s()
    {
        (fitting with { Tables = [new BackupTable(1, "belay.migration", true), new BackupTable(2, "public.user", true)] }).PutInto(store);
        Assert.Equal(fitting.Id, (await DemandAsync()).Backup.Id);
    }

    [Fact]
    public async Task Refuses_an_empty_store()
    {
        await RefusesAsync("The store holds no backup.");
    }

    [Fact]
    public async Task Refuses_when_there_are_only_backups_of_databases_with_other_names()
    {
        Manifests.Make(fitting.EndedUtc.AddMinutes(-1), Manifests.App with { Name = "shop" }).PutInto(store);
        Manifests.Make(fitting.EndedUtc, Manifests.App with { Name = "other" }).PutInto(store);
        await RefusesAsync("The store holds only backups of other databases: other, shop.");
    }

    [Fact]
    public async Task Refuses_a_backup_of_another_server()
    {
        Manifests.Make(fitting.EndedUtc, Manifests.App with { SystemIdentifier = "1" }).PutInto(store);
        await RefusesAsync("20251012T114800Z-aa: it is of another database: app (oid 16384, system 1).");
    }

    [Fact]
    public async Task Refuses_a_backup_from_before_the_database_was_dropped_and_created_again()
    {
        Manifests.Make(fitting.EndedUtc, Manifests.App with { Oid = 99 }).PutInto(store);
        await RefusesAsync("20251012T114800Z-aa: it is of another database: app (oid 99, system 7300000000000000001).");
    }

    [Fact]
    public async Task Refuses_a_backup_whose_server_could_not_be_identified()
    {
        Manifests.Make(fitting.EndedUtc, Manifests.App with { SystemIdentifier = "unknown" }).PutInto(store);
        await RefusesAsync(
            "20251012T114800Z-aa: it is of another database: app (oid 16384, system unknown); take the backup as the role that "
                + "migrates, so that both read the same identifier.");
    }

    [Fact]
    public async Task Refuses_a_manifest_without_dump()
    {
        fitting.PutInto(store);
        store.Remove(fitting.ObjectName);
        await RefusesAsync("20251012T114800Z-aa: its dump 'app/20251012T114800Z-aa.dump.zst' is missing.");
    }

    [Fact]
    public async Task Refuses_a_dump_without_manifest()
    {
        store.Put(fitting.ObjectName, [1, 2, 3, 4]);
        await RefusesAsync("'app/20251012T114800Z-aa.dump.zst' has no manifest, so it is no backup.");
    }

    [Fact]
    public async Task Refuses_a_dump_of_another_size()
    {
        fitting.PutInto(store);
        store.Put(fitting.ObjectName, [1, 2, 3]);
        await RefusesAsync("20251012T114800Z-aa: its dump has 3 bytes, the manifest says 4.");
    }

    [Fact]
    public async Task Refuses_a_dump_that_was_replaced_after_its_proof()
    {
        (fitting with { ObjectVersion = "proven" }).PutInto(store);
        await RefusesAsync("20251012T114800Z-aa: its dump was replaced after it was proven.");
    }

    [Theory]
    [InlineData(ProofLevel.None)]
    [InlineData(ProofLevel.Transport)]
    public async Task Refuses_a_lower_proof_level(ProofLevel level)
    {
        (fitting with { ProofLevel = level }).PutInto(store);
        await RefusesAsync($"20251012T114800Z-aa: its proof level is {level.ToString().ToLowerInvariant()}, demanded is readback.");
    }

    [Fact]
    public async Task Refuses_a_proof_level_without_evidence()
    {
        (fitting with { Evidence = [] }).PutInto(store);
        await RefusesAsync("20251012T114800Z-aa: its manifest has no evidence for level readback.");
    }

    [Fact]
    public async Task Refuses_a_backup_older_than_the_limit()
    {
        Manifests.Make(Manifests.Noon.AddMinutes(-61)).PutInto(store);
        await RefusesAsync("20251012T105700Z-aa: it is 1 h 01 min old, allowed are 1 h 00 min.");
    }

    [Fact]
    public async Task Refuses_a_backup_from_the_future()
    {
        Manifests.Make(Manifests.Noon.AddMinutes(2)).PutInto(store);
        await RefusesAsync("20251012T120000Z-aa: it ended in the future, at 2025-10-12 12:02:00 UTC; now it is 2025-10-12 12:00:00 UTC.");
    }

    [Fact]
    public async Task Forgives_clocks_that_differ_by_no_more_than_is_allowed()
    {
        var ahead = Manifests.Make(Manifests.Noon + BackupClock.Tolerance).PutInto(store);
        Assert.Equal(ahead.Id, (await DemandAsync()).Backup.Id);
    }

    [Fact]
    public async Task Refuses_an_edited_manifest()
    {
        var old = Manifests.Make(Manifests.Noon.AddDays(-1)).PutInto(store);
        var edited = Encoding.UTF8.GetString(store.Bytes(Manifests.NameOf(old)))
            .Replace("2025-10-11T12:00:00", "2025-10-12T11:59:00", StringComparison.Ordinal);
        store.Put(Manifests.NameOf(old), Encoding.UTF8.GetBytes(edited));
        await RefusesAsync(
            "The manifest 'app/20251011T115800Z-aa.manifest.json' was changed after it was written: its SHA-256 over itself does not "
                + "match.");
    }

    [Fact]
    public async Task Refuses_a_backup_from_before_the_last_migration()
    {
        fitting.PutInto(store);
        var exception = await Assert.ThrowsAsync<GateException>(() => DemandAsync(fitting.SnapshotUtc));
        Assert.EndsWith(
            ", not older than 1 h 00 min, taken after the last migration (2025-10-12 11:48:00 UTC).\n  20251012T114800Z-aa: its "
                + "snapshot (2025-10-12 11:48:00 UTC) is not after the last migration (2025-10-12 11:48:00 UTC).",
            exception.Message,
            StringComparison.Ordinal);
        Assert.NotNull(await DemandAsync(fitting.SnapshotUtc.AddTicks(-1)));
    }
}
