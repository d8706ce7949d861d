using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Backups.Taking;

/// <summary>A folder of programs that has not all of them, or one that does not run.</summary>
public sealed class MissingProgramTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = TestFolder.New("tools");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_backup_without_pg_dumpall_has_no_roles_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        await AssertWithoutRolesAsync($"Roles and tablespaces are not in the backup: {folder} has no pg_dumpall");
    }

    [Fact]
    public async Task A_backup_whose_pg_dumpall_fails_has_no_roles_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes a script of sh.");
        var script = Path.Combine(folder, "pg_dumpall");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho out of luck >&2\nexit 3\n", Token);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await AssertWithoutRolesAsync("Roles and tablespaces are not in the backup: pg_dumpall ended with exit code 3:\nout of luck");
    }

    [Fact]
    public async Task A_backup_without_pg_restore_is_refused_before_anything_is_dumped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Link("pg_dump");
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(Tools);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(database.Target, new()));

        Assert.Equal($"{folder} has no pg_restore. Nothing was dumped.", fault.Message);
        Assert.Equal("Install all of PostgreSQL's client programs there, or set PG_BIN to a folder that has them.", fault.Hint);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.StoreFolder));
    }

    [Fact]
    public async Task A_backup_whose_pg_dumpall_may_not_be_run_has_no_roles_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files there have no such right.");
        await File.WriteAllTextAsync(Path.Combine(folder, "pg_dumpall"), "#!/bin/sh\n", Token);
        await AssertWithoutRolesAsync(
            $"Roles and tablespaces are not in the backup: {folder}/pg_dumpall cannot be started: Permission denied");
    }

    [Fact]
    public async Task A_backup_whose_pg_restore_may_not_be_run_is_refused_before_anything_is_dumped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files there have no such right.");
        Link("pg_dump");
        await File.WriteAllTextAsync(Path.Combine(folder, "pg_restore"), "#!/bin/sh\n", Token);
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(Tools);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(database.Target, new()));

        Assert.Equal($"{folder} has a pg_restore that nobody may run. Nothing was dumped.", fault.Message);
        Assert.Equal("Install all of PostgreSQL's client programs there, or set PG_BIN to a folder that has them.", fault.Hint);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.StoreFolder));
    }

    private PostgresTools Tools => new(folder, postgres.Tools.Version, HasServer: false);

    private void Link(string program) => File.CreateSymbolicLink(Path.Combine(folder, program), postgres.Tools.PathOf(program));

    private async Task AssertWithoutRolesAsync(string warning)
    {
        Link("pg_dump");
        Link("pg_restore");
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("CREATE TABLE item (id integer)", Token);
        using var bench = new BackupBench(Tools);

        var backup = await bench.TakeAsync(database.Target, new());

        Assert.Equal([warning], bench.Output.Warnings);
        var globals = await File.ReadAllBytesAsync(Path.Combine(bench.StoreFolder, backup.Globals!.ObjectName), Token);
        Assert.Equal(DatabaseCommands.Script(backup.Definition!), Encoding.UTF8.GetString(globals));
    }
}
