using Belay.Backups;
using Belay.Backups.Proving;
using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Backups.Proving;

public sealed class RestoredProofTests(PostgresFixture postgres) : BackupTest(postgres)
{
    [Fact]
    public async Task Restores_where_none_of_the_roles_exists_that_the_dump_names()
    {
        var roles = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            roles.Add((await Database.CreateRoleAsync(Token)).Username);
        }

        await Database.ExecuteAsync(
            $"""
            ALTER TABLE numbers OWNER TO {roles[0]};
            GRANT SELECT ON numbers TO {roles[1]};
            ALTER TABLE numbers ENABLE ROW LEVEL SECURITY;
            CREATE POLICY few ON numbers TO {roles[2]} USING (id < 3);
            ALTER DEFAULT PRIVILEGES FOR ROLE {roles[3]} GRANT SELECT ON TABLES TO {roles[4]};
            """,
            Token);
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings());
        Assert.Empty(roles.Except(manifest.Owners));
        var proven = await Bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token);
        Assert.Equal(ProofLevel.Restored, proven.ProofLevel);
        Assert.Contains("10 rows in 1 table equal", proven.Evidence[^1].Facts);
    }

    [Fact]
    public async Task Says_which_role_a_restore_missed_and_keeps_what_was_proven()
    {
        var role = (await Database.CreateRoleAsync(Token)).Username;
        await Database.ExecuteAsync($"ALTER TABLE numbers OWNER TO {role}", Token);
        var proven = await Bench.Prover.ProveAsync(
            await Bench.TakeAsync(Database.Target, new BackupSettings()), ProofLevel.Readback, Token);
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => Bench.Prover.ProveAsync(proven with { Owners = [] }, ProofLevel.Restored, Token));
        Assert.Equal(
            $"Backup {proven.Id} does not restore into an empty database: TABLE numbers {role}: role \"{role}\" does not exist\n"
                + $"Command was: ALTER TABLE public.numbers OWNER TO {role};\nThe rows are in the dump: its bytes are those that pg_dump "
                + "wrote.\n"
                + "It was tried in a database with encoding and locale of the original: UTF8, C.",
            exception.Message);
        Assert.Equal(
            "Mend in the database what the message names, or restore without it: docs/backups.md, \"Restoring by hand\", goes on after an "
                + "error.", exception.Hint);
        Assert.Equal(ProofLevel.Readback, (await Bench.ReadAsync(proven)).ProofLevel);
        Assert.Empty(Directory.EnumerateDirectories(Bench.Prover.ScratchFolder));
    }

    [Fact]
    public async Task Never_lowers_a_level_when_a_backup_is_proven_again_by_less()
    {
        var restored = await Bench.Prover.ProveAsync(
            await Bench.TakeAsync(Database.Target, new BackupSettings()), ProofLevel.Restored, Token);
        var again = await Bench.Prover.ProveAsync(restored, ProofLevel.Readback, Token);
        Assert.Equal(ProofLevel.Restored, again.ProofLevel);
        Assert.Equal(
            restored.Evidence.Single(evidence => evidence.Level == ProofLevel.Restored).AtUtc,
            again.Evidence.Single(evidence => evidence.Level == ProofLevel.Restored).AtUtc);
        Assert.True(again.Evidence.Single(evidence => evidence.Level == ProofLevel.Readback).AtUtc > restored.EndedUtc);
        Assert.Equal(ProofLevel.Restored, (await Bench.ReadAsync(again)).ProofLevel);
    }

    [Fact]
    public async Task Needs_a_server_of_the_dumped_version()
    {
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings());
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => Bench.Prover.ProveAsync(manifest with { ServerVersion = "9.6.24" }, ProofLevel.Restored, Token));
        Assert.Equal(
            $"Backup {manifest.Id} is of PostgreSQL 9; proof level restored needs a server of that version, {Postgres.Tools.Folder} has "
                + $"PostgreSQL {Postgres.Tools.Version}.",
            exception.Message);
        Assert.Equal(ProofLevel.Transport, (await Bench.ReadAsync(manifest)).ProofLevel);
    }

    [Theory]
    [InlineData("kill -9 $$", "was ended by signal 9")]
    [InlineData("echo 'pg_restore: terminated by user' >&2; exit 1", "ended with exit code 1:\npg_restore: terminated by user")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Does_not_blame_the_dump_when_pg_restore_was_killed(string script, string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var proven = await Bench.Prover.ProveAsync(
            await Bench.TakeAsync(Database.Target, new BackupSettings()), ProofLevel.Readback, Token);
        var folder = TestFolder.New("killed-pg-restore");
        var program = Path.Combine(folder, "pg_restore");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var prover = new BackupProver(
            Bench.Store, new PostgresTools(folder, Postgres.Tools.Version, HasServer: false), Bench.Output, TimeProvider.System);
        var exception = await Assert.ThrowsAsync<BackupException>(() => prover.ProveAsync(proven, ProofLevel.Readback, Token));
        Assert.Equal($"The dump '{proven.ObjectName}' was not read back: pg_restore {end}", exception.Message);
        Assert.Equal("Nothing is known of the dump; run the command again.", exception.Hint);
        Assert.Equal(ProofLevel.Readback, (await Bench.ReadAsync(proven)).ProofLevel);
        Assert.Equal(proven.Id, await Bench.PassAsync(proven.Database));
        Directory.Delete(folder, recursive: true);
    }

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 10) AS id", Token);

    [Theory]
    [InlineData("kill -9 $$", "was ended by signal 9")]
    [InlineData("kill -TERM $$", "was ended by signal 15")]
    [InlineData("echo 'pg_restore: terminated by user' >&2; exit 1", "ended with exit code 1:\npg_restore: terminated by user")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Blames_neither_the_dump_nor_the_server_when_pg_restore_was_ended_while_it_restored(string script, string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var proven = await Bench.Prover.ProveAsync(
            await Bench.TakeAsync(Database.Target, new BackupSettings()), ProofLevel.Readback, Token);
        var folder = TestFolder.New("ended-pg-restore");
        foreach (var name in Directory.EnumerateFiles(Postgres.Tools.Folder).Select(path => Path.GetFileName(path)))
        {
            File.CreateSymbolicLink(Path.Combine(folder, name), Postgres.Tools.PathOf(name));
        }

        var program = Path.Combine(folder, "pg_restore");
        File.Delete(program);
        await File.WriteAllTextAsync(
            program, $"#!/bin/sh\ncase \"$*\" in *--dbname*) {script};; esac\nexec {Postgres.Tools.PathOf("pg_restore")} \"$@\"\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var prover = new BackupProver(
            Bench.Store, new PostgresTools(folder, Postgres.Tools.Version, HasServer: true), Bench.Output, TimeProvider.System)
        {
            ScratchFolder = Bench.ScratchFolder,
        };

        var exception = await Assert.ThrowsAsync<BackupException>(() => prover.ProveAsync(proven, ProofLevel.Restored, Token));

        Assert.Equal(
            $"Backup {proven.Id} was not restored to its end: pg_restore {end}\nIt was tried in a database with encoding and locale of the "
                + "original: UTF8, C.",
            exception.Message);
        Assert.Equal(ProofLevel.Readback, (await Bench.ReadAsync(proven)).ProofLevel);
        Assert.Empty(Directory.EnumerateDirectories(prover.ScratchFolder));
    }
}
