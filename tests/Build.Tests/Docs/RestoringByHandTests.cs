using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>The recipes of docs/backups.md, "Restoring by hand", on a server that has the roles already.</summary>
public sealed class RestoringByHandTests(ReleaseWorld world)
{
    private const string Looks =
        """
        SELECT concat_ws('|', (SELECT count(*) FROM "user"), (SELECT tableowner FROM pg_tables WHERE tablename = 'user'), (SELECT reltuples FROM pg_class WHERE relname = 'user'),
                         (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()), current_setting('work_mem'))
        """;

    [Fact]
    [Walks("backups.md", "Restoring by hand")]
    public Task A_dump_of_one_object_and_one_of_several_parts() => Walk.RunAsync(world, async walk =>
    {
        await PrepareAsync(walk);
        await walk.Release.RunAsync("Backup");
        walk.Fill("<id>", walk.NewestId());
        walk.Fill("<folder>", "fetched");
        var nowhere = walk.Release.Environment["DATABASE_URL"];
        walk.Environment["DATABASE_URL"] = null;

        (await walk.TypeAsync("./build.sh FetchBackup --backup <id> --to <folder>")).MustExitWith(0);
        walk.Folder = "fetched";
        Assert.All(
            Directory.GetFiles(Path.Combine(walk.Release.Root, "fetched")),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        var hash = (await walk.TypeAsync("sha256sum <id>.dump.zst")).MustExitWith(0).Output.Split(' ')[0];
        Assert.Contains($"\"{hash}\"", await File.ReadAllTextAsync(walk.Release.Manifests[^1], Token), StringComparison.Ordinal);
        (await walk.TypeAsync("psql -X -d postgres -v database=app_restored -f <id>.globals.sql"))
            .MustExitWith(0)
            .MustPrint("already exists");
        (await walk.TypeAsync("export PGOPTIONS='-c default_transaction_read_only=off'")).MustExitWith(0);
        (await walk.TypeAsync("zstd -dc <id>.dump.zst | pg_restore --exit-on-error -d app_restored")).MustExitWith(0);
        (await walk.TypeAsync("vacuumdb --analyze-only -d app_restored")).MustExitWith(0);
        await IsRestoredAsync(walk);

        (walk.Folder, walk.Environment["DATABASE_URL"]) = ("", nowhere);
        (await walk.Release.BuildAsync("Backup", "--parallel", "2")).MustExitWith(0);
        walk.Fill("<id>", walk.NewestId());
        (await walk.Release.BuildAsync("FetchBackup", "--backup", "latest", "--to", "parts")).MustExitWith(0);
        await DropAsync(walk, "app_restored");
        walk.Folder = "parts";
        (await walk.TypeAsync("zstd -dq --rm *.zst")).MustExitWith(0);
        (await walk.TypeAsync("psql -X -d postgres -v database=app_restored -f <id>.globals.sql")).MustExitWith(0);
        (await walk.TypeAsync("export PGOPTIONS='-c default_transaction_read_only=off'")).MustExitWith(0);
        (await walk.TypeAsync("pg_restore --exit-on-error --jobs=4 -d app_restored .")).MustExitWith(0);
        (await walk.TypeAsync("vacuumdb --analyze-only -d app_restored")).MustExitWith(0);
        await IsRestoredAsync(walk);
    });

    [Fact]
    [Walks("backups.md", "Roles")]
    public Task Roles() => Walk.RunAsync(world, async walk =>
    {
        var role = $"clerk_of_{walk.Release.Database}";
        await walk.Release.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'word-of-the-clerk'");
        await TakeAsync(walk);
        await walk.Release.ExecuteAsync($"ALTER ROLE {role} NOLOGIN");
        const string Globals = "psql -X -d postgres -f <id>.globals.sql";
        var login = $"PGUSER={role} PGPASSWORD=word-of-the-clerk psql -X -d postgres -c 'SELECT 1'";

        (await walk.ShellAsync($"! grep -i password {walk.NewestId()}.globals.sql")).MustExitWith(0);
        (await walk.ShellAsync(Globals.Replace("<id>", walk.NewestId(), StringComparison.Ordinal)))
            .MustExitWith(0)
            .MustPrint("already exists");
        (await walk.ShellAsync(login)).MustExitWith(0);
        await walk.Release.ExecuteAsync($"DROP ROLE {role}");
        (await walk.ShellAsync(Globals.Replace("<id>", walk.NewestId(), StringComparison.Ordinal))).MustExitWith(0);
        (await walk.ShellAsync(login)).MustExitWith(2).MustPrint("password authentication failed");
        walk.Fill("<role>", role);

        // Without a terminal psql reads the password from its input.
        (await walk.ShellAsync(
            $"printf 'word-of-the-clerk\\nword-of-the-clerk\\n' | setsid -w {walk.Take("psql -X -d postgres -c '\\password <role>'")}"))
                .MustExitWith(0);
        (await walk.ShellAsync(login)).MustExitWith(0);
    });

    [Fact]
    [Walks("backups.md", "The database itself")]
    public Task The_database_itself() => Walk.RunAsync(world, async walk =>
    {
        await PrepareAsync(walk);
        await TakeAsync(walk);
        var before = await walk.Release.ScalarAsync(Looks);
        await DropAsync(walk, "<database>");

        (await walk.TypeAsync("zstd -dc <id>.dump.zst | pg_restore --create -d postgres")).MustExitWith(0);
        await walk.Release.ExecuteAsync("ANALYZE");
        Assert.Equal(before, await walk.Release.ScalarAsync(Looks));
    });

    [Fact]
    [Walks("backups.md", "Who")]
    public Task Who() => Walk.RunAsync(world, async walk =>
    {
        await PrepareAsync(walk);
        await TakeAsync(walk);
        var (member, other) = ($"member_of_{walk.Release.Database}", $"other_of_{walk.Release.Database}");
        await walk.Release.ExecuteAsync(
            $"CREATE ROLE {member} LOGIN CREATEDB PASSWORD 'word-of-them'; GRANT {world.Roles.Owner} TO {member}; CREATE ROLE {other} "
                + "LOGIN CREATEDB PASSWORD 'word-of-them'");
        (walk.Environment["PGUSER"], walk.Environment["PGPASSWORD"]) = (member, "word-of-them");
        (await walk.ShellAsync($"psql -X -d postgres -v database={walk.Release.Database}_restored -f {walk.NewestId()}.globals.sql"))
            .MustExitWith(0)
            .MustPrint("permission denied to create role");
        (await walk.ShellAsync($"zstd -dc {walk.NewestId()}.dump.zst | pg_restore --exit-on-error -d {walk.Release.Database}_restored"))
            .MustExitWith(0);
        (await walk.ShellAsync($"vacuumdb --analyze-only -d {walk.Release.Database}_restored")).MustExitWith(0);
        walk.ConnectTo(world.Server);
        await IsRestoredAsync(walk);

        await DropAsync(walk, "app_restored");
        (walk.Environment["PGUSER"], walk.Environment["PGPASSWORD"]) = (other, "word-of-them");
        (await walk.ShellAsync($"createdb -T template0 {walk.Release.Database}_restored")).MustExitWith(0);
        (await walk.TypeAsync("zstd -dc <id>.dump.zst | pg_restore --no-owner --no-privileges -d app_restored")).MustExitWith(0);
        (await walk.ShellAsync(
            $"psql -X -At -d {walk.Release.Database}_restored -c \"SELECT count(*), max(t.tableowner) FROM \\\"user\\\", pg_tables t "
                + "WHERE t.tablename = 'user'\"")).MustPrint($"15|{other}");
    });

    [Fact]
    [Walks("backups.md", "Tablespaces")]
    public Task Tablespaces() => Walk.RunAsync(world, async walk =>
    {
        var place = $"place_of_{walk.Release.Database}";
        await walk.ExecuteSinglyAsync(
            "SET allow_in_place_tablespaces = on",
            $"CREATE TABLESPACE {place} LOCATION ''",
            $"ALTER TABLE \"user\" SET TABLESPACE {place}");
        await TakeAsync(walk);
        await walk.ExecuteSinglyAsync("ALTER TABLE \"user\" SET TABLESPACE pg_default", $"DROP TABLESPACE {place}");
        (await walk.ShellAsync(
            $"createdb -T template0 {walk.Release.Database}_restored; ! zstd -dc {walk.NewestId()}.dump.zst | pg_restore "
                + $"--exit-on-error -d {walk.Release.Database}_restored"))
            .MustExitWith(0).MustPrint(place);
        await DropAsync(walk, "app_restored");

        (await walk.ShellAsync($"createdb -T template0 {walk.Release.Database}_restored")).MustExitWith(0);
        (await walk.TypeAsync("zstd -dc <id>.dump.zst | pg_restore --no-tablespaces -d app_restored")).MustExitWith(0);
    });

    [Fact]
    [Walks("backups.md", "Errors")]
    public Task Errors() => Walk.RunAsync(world, async walk =>
    {
        var role = $"gone_from_{walk.Release.Database}";
        await walk.Release.ExecuteAsync($"CREATE ROLE {role}; CREATE TABLE things AS SELECT 1 AS id; ALTER TABLE things OWNER TO {role}");
        await TakeAsync(walk);
        await walk.Release.ExecuteAsync($"ALTER TABLE things OWNER TO {world.Roles.Owner}; DROP ROLE {role}");
        (await walk.ShellAsync($"createdb -T template0 {walk.Release.Database}_restored")).MustExitWith(0);

        var outcome = (await walk.TypeAsync("zstd -dc <id>.dump.zst | pg_restore -d app_restored")).MustExitWith(1);
        Assert.Matches(new Regex("errors ignored on restore: [1-9]"), outcome.Output);
        (await walk.ShellAsync(
            $"psql -X -At -d {walk.Release.Database}_restored -c 'SELECT (SELECT count(*) FROM things), (SELECT count(*) FROM \"user\")'"))
                .MustPrint("1|15");
    });

    private static async Task PrepareAsync(Walk walk)
    {
        walk.Fill("app_restored", $"{walk.Release.Database}_restored");
        await walk.Release.ExecuteAsync(
            $"COMMENT ON DATABASE {walk.Release.Database} IS 'the shop'; ALTER DATABASE {walk.Release.Database} SET work_mem = '7MB'");
        await walk.Release.ExecuteAsync("ANALYZE");
    }

    private static async Task TakeAsync(Walk walk)
    {
        walk.Fill("app_restored", $"{walk.Release.Database}_restored");
        walk.Fill("<id>", (await walk.Release.TakeBackupAsync(TimeSpan.Zero)).Id);
        walk.Folder = Path.Combine("store", walk.Release.Database);
    }

    private async Task IsRestoredAsync(Walk walk)
    {
        Assert.Equal($"15|{world.Roles.Owner}|15|the shop|7MB", await walk.Release.ScalarAsync(Looks));
        (await walk.ShellAsync(
            $"psql -X -At -d {walk.Release.Database}_restored -c \"{Looks.Replace("\"", "\\\"", StringComparison.Ordinal)}\""))
                .MustPrint($"15|{world.Roles.Owner}|15|the shop|7MB");
    }

    private static async Task DropAsync(Walk walk, string name)
        => (await walk.ShellAsync(
            "psql -X -d postgres -c 'DROP DATABASE "
                + $"{(name == "<database>" ? walk.Release.Database : walk.Release.Database + "_restored")} WITH (FORCE)'")).MustExitWith(0);
}
