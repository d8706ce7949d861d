using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Rehearsal;

namespace Belay.IntegrationTests.Versions;

/// <summary>A backup of a server older than this machine's own.</summary>
public sealed class RehearsalVersionTests(VersionsFixture versions, PostgresFixture machine)
{
    private const int Older = 13;

    [Fact]
    public async Task A_backup_of_an_older_version_is_rehearsed_in_a_server_of_that_version_or_not_at_all()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are embedded servers for Linux only.");
        Assert.SkipUnless(machine.Tools.Major > Older, "This machine's own server is the older one.");
        var server = await OtherServers.ProvideAsync(Older, Token);
        await using var one = await VersionBench.CreateAsync(Older, versions, machine, "CREATE TABLE orders AS SELECT 1 AS id");
        using var backups = new BackupBench(machine.Tools);
        one.Bench.Write(
            "1_version.sql",
            $"DO $$ BEGIN RAISE NOTICE 'in version %', current_setting('server_version_num')::int / 10000; END $$;\n");
        var manifest = await backups.TakeAsync(one.Database.Target, new BackupSettings());

        var refusal = await Assert.ThrowsAsync<BackupException>(() => RehearseAsync(machine.Tools));

        Assert.Equal(
            $"Backup {manifest.Id} is of PostgreSQL {Older}; proof level restored needs a server of that version, {machine.Tools.Folder} "
                + $"has PostgreSQL {machine.Tools.Version}.",
            refusal.Message);
        Assert.Equal($"Install the package postgresql-{Older}, or set PG_BIN to the folder that has it.", refusal.Hint);
        Assert.Equal(manifest.ProofLevel, (await backups.ReadAsync(manifest)).ProofLevel);

        var report = await RehearseAsync(server);

        Assert.Equal(["0001_version"], report.Migrations);
        Assert.Contains(backups.Output.Lines, line => line.EndsWith($"NOTICE:  in version {Older}", StringComparison.Ordinal));
        Assert.Equal(ProofLevel.Restored, (await backups.ReadAsync(manifest)).ProofLevel);

        async Task<RehearsalReport> RehearseAsync(PostgresTools programs)
        {
            var runner = new RehearsalRunner(backups.Store, programs, backups.Output, TimeProvider.System)
            {
                ScratchFolder = backups.ScratchFolder,

                // The folder of an embedded server has no client programs.
                Restoring = machine.Tools,
                Settings = one.Bench.Settings,
            };
            var files = MigrationFolder.Read(one.Bench.Settings.Folder, one.Bench.Settings.Layout);
            return (await runner.RunAsync(manifest, one.Database.Target, files, Token)).Report;
        }
    }
}
