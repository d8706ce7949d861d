using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Backups.Taking;

/// <summary>A folder of programs that has not all of them, or one that does not run.</summary>
public sealed class MissingProgramTests(PostgresFixture postgres) : IDisposable
{
    private const string Unanswered = "ended with exit code 127:\ncannot open shared object file";

    private const string OfAnother = "echo 'unsupported version (1.16)' >&2; exit 1";

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
        await WriteAsync("pg_dumpall", "#!/bin/sh\necho out of luck >&2\nexit 3\n", mayRun: true);
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

    [Theory]
    [InlineData("#!/bin/sh\n", false, "Permission denied")]
    [InlineData("", true, "Exec format error")]
    [InlineData("#!/nonexistent\n", true, "No such file or directory")]
    public async Task A_backup_whose_pg_dumpall_cannot_be_started_has_no_roles_and_says_so(string content, bool mayRun, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files there have no such right.");
        await WriteAsync("pg_dumpall", content, mayRun);
        await AssertWithoutRolesAsync($"Roles and tablespaces are not in the backup: {folder}/pg_dumpall cannot be started: {why}");
    }

    [Theory]
    [InlineData("#!/bin/sh\n", false, "cannot be started: Permission denied")]
    [InlineData("", true, "cannot be started: Exec format error")]
    [InlineData("\u007fELF of another machine", true, "cannot be started: Exec format error")]
    [InlineData("#!/nonexistent\n", true, "cannot be started: No such file or directory")]
    [InlineData("#!/bin/sh\necho 'cannot open shared object file' >&2; exit 127\n", true, Unanswered)]
    public async Task A_backup_whose_pg_restore_does_not_start_is_refused_before_anything_is_dumped(string content, bool mayRun, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files there have no such right.");
        await WriteAsync("pg_dump", "#!/bin/sh\n[ \"$1\" = --version ] || touch \"$0.dumped\"\n", mayRun: true);
        await WriteAsync("pg_restore", content, mayRun);
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(Tools);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(database.Target, new()));

        Assert.Equal($"{folder} has a pg_restore that {why}. Nothing was dumped.", fault.Message);
        Assert.Equal("Install all of PostgreSQL's client programs there, or set PG_BIN to a folder that has them.", fault.Hint);
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.StoreFolder));
        Assert.False(File.Exists(Path.Combine(folder, "pg_dump.dumped")));
    }

    [Theory]
    [InlineData(1, "kill -KILL $$", "pg_restore did not read what pg_dump wrote: it was ended by signal 9")]
    [InlineData(200_000, "kill -KILL $$", "pg_restore did not read what pg_dump wrote: it was ended by signal 9")]
    [InlineData(200_000, OfAnother, "pg_restore does not read what pg_dump wrote: it ended with exit code 1:\nunsupported version (1.16)")]
    public async Task A_pg_restore_that_fails_behind_the_dump_is_no_table_of_contents_that_is_too_long(int rows, string script, string told)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes a script of sh.");
        Link("pg_dump");
        await WriteAsync("pg_restore", $"#!/bin/sh\n[ \"$1\" = --version ] && exit 0\n{script}\n", mayRun: true);
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync($"CREATE TABLE item AS SELECT md5(n::text) FROM generate_series(1, {rows}) n", Token);
        using var bench = new BackupBench(Tools);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(database.Target, new()));

        Assert.Equal((told, "./build.sh Backup"), (fault.Message, fault.Hint));
        Assert.Empty(Directory.EnumerateFiles(bench.StoreFolder, "*", SearchOption.AllDirectories));
    }

    private PostgresTools Tools => new(folder, postgres.Tools.Version, HasServer: false);

    private void Link(string program) => File.CreateSymbolicLink(Path.Combine(folder, program), postgres.Tools.PathOf(program));

    private async Task WriteAsync(string program, string content, bool mayRun)
    {
        var path = Path.Combine(folder, program);
        await File.WriteAllTextAsync(path, content, Token);
        if (mayRun && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

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
