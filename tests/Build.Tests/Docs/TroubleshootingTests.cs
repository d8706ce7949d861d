using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the page of messages tells to type, each after its message.</summary>
public sealed class TroubleshootingTests(ReleaseWorld world)
{
    [Fact]
    [Walks("troubleshooting.md", "DATABASE_URL environment variable not set")]
    public Task No_address() => Walk.RunAsync(world, async walk =>
    {
        const string Example = "postgresql://user:password@host:port/database";
        walk.Fill(Example, walk.Release.Environment["DATABASE_URL"]!);
        walk.Environment["DATABASE_URL"] = null;
        (await walk.ShellAsync("./build.sh Preflight")).MustExitWith(2).MustPrint("DATABASE_URL environment variable not set");

        (await walk.TypeAsync($"export DATABASE_URL=\"{Example}\"")).MustExitWith(0);
        (await walk.ShellAsync("./build.sh Preflight")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "Migration file not found")]
    public Task No_migrations() => Walk.RunAsync(world, async walk =>
    {
        Directory.Move(walk.Release.Migrations, Path.Combine(walk.Release.Root, "elsewhere"));
        (await walk.Release.BuildAsync("Preflight")).MustExitWith(2).MustPrint("Migration file not found: there is no folder ");

        walk.Fill("<folder>", "elsewhere");
        (await walk.TypeAsync("./build.sh Preflight --migrations <folder>")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "relation \"user\" does not exist")]
    public Task Another_database() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.ExecuteAsync("ALTER TABLE \"user\" RENAME TO customer");
        (await walk.ShellAsync("./build.sh Preflight"))
            .MustExitWith(3)
            .MustPrint("relation \"user\" does not exist in ").MustPrint($"/{walk.Release.Database} ");

        (await walk.TypeAsync("psql -X -d <database> -c 'SELECT current_database()'")).MustExitWith(0).MustPrint(walk.Release.Database);
        Assert.DoesNotContain("table", (await walk.TypeAsync("psql -X -d <database> -c '\\dt user'")).Output, StringComparison.Ordinal);
    });

    [Fact]
    [Walks("troubleshooting.md", "column … already exists")]
    public Task Run_by_hand_before() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync(
            "0001_add_user_analysis_preferences.sql",
            "ALTER TABLE \"user\" ADD COLUMN IF NOT EXISTS max_reports integer;\nALTER TABLE \"user\" ADD COLUMN language text;");
        await walk.Release.ExecuteAsync("ALTER TABLE \"user\" ADD COLUMN max_reports integer, ADD COLUMN language text");
        (await walk.Release.BuildAsync("Migrate"))
            .MustExitWith(6)
            .MustPrint("NOTICE:  column \"max_reports\" of relation \"user\" already exists, skipping")
            .MustPrint("column \"language\" of relation \"user\" already exists (SQLSTATE 42701)");

        walk.Fill("<version>", "1");
        (await walk.TypeAsync("./build.sh Baseline --migration-version <version> --reason \"applied by hand\" --dry-run")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Baseline --migration-version <version> --reason \"applied by hand\"")).MustExitWith(0);
        (await walk.Release.BuildAsync("Status")).MustExitWith(0).MustPrint("0001_add_user_analysis_preferences");
    });

    [Fact]
    [Walks("troubleshooting.md", "Migration committed (…); login FAILED")]
    public Task Login_still_fails() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_revoke.sql", $"REVOKE SELECT ON \"user\" FROM {world.Roles.Api};");
        (await walk.Release.BuildAsync("Migrate", "--smoke-deadline", "1s")).MustExitWith(9).MustPrint("login FAILED, exit code 9");

        (await walk.TypeAsync("./build.sh Verify")).MustExitWith(0);
        await walk.Release.ExecuteAsync($"GRANT SELECT ON \"user\" TO {world.Roles.Api}");
        (await walk.TypeAsync("./build.sh SmokeTest")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "… comes before and may change that")]
    public Task Which_table_is_meant_is_not_known() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync(
            "0002_code.sql", "DO $$ BEGIN EXECUTE 'CREATE TABLE made (id integer)'; END $$;\nALTER TABLE made ADD COLUMN name text;");
        (await walk.Release.BuildAsync("Preflight")).MustExitWith(0).MustPrint(" comes before and may change that; ");

        (await walk.TypeAsync("./build.sh Migrate --dry-run")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "permission denied")]
    public Task Not_the_owner() => Walk.RunAsync(world, async walk =>
    {
        var role = $"deployer_of_{walk.Release.Database}";
        await walk.Release.ExecuteAsync(
            $"CREATE ROLE {role} LOGIN PASSWORD 'word-of-the-deployer'; GRANT SELECT ON \"user\" TO {role}; GRANT CREATE ON DATABASE "
                + $"{walk.Release.Database} TO {role}");
        walk.Environment["DATABASE_URL"] =
            $"postgresql://{role}:word-of-the-deployer@127.0.0.1:{world.Server.Port}/{walk.Release.Database}";
        walk.Fill("<owner>", world.Roles.Owner);
        walk.Fill("<role>", role);
        (await walk.ShellAsync("./build.sh Preflight")).MustExitWith(3).MustPrint("\"user\"");

        (await walk.TypeAsync("psql -X -d <database> -c 'GRANT <owner> TO <role>'")).MustExitWith(0);
        (await walk.ShellAsync("./build.sh Preflight")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "… was changed after it was applied")]
    public Task A_changed_file() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        await File.AppendAllTextAsync(
            Path.Combine(walk.Release.Migrations, "0001_add_user_analysis_preferences.sql"), "-- a comment\n", Token);
        (await walk.Release.BuildAsync("Migrate")).MustExitWith(3).MustPrint("was changed after it was applied").MustPrint("-- a comment");

        walk.Fill("<version>", "1");
        (await walk.TypeAsync("./build.sh Repair --migration-version <version> --reason \"…\"")).MustExitWith(0);
        (await walk.Release.BuildAsync("Preflight")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "… has 1 applied migration of flyway, and Belay has no history here")]
    public Task Another_tools_history() => Walk.RunAsync(world, async walk =>
    {
        Directory.GetFiles(walk.Release.Migrations).ToList().ForEach(File.Delete);
        await walk.WriteAsync("V1__orders.sql", "CREATE TABLE orders (id integer);");
        await walk.Release.ExecuteAsync(
            $"""
            CREATE TABLE flyway_schema_history (
                installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
                installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL);
            INSERT INTO flyway_schema_history VALUES (1, '1', 'orders', 'SQL', 'V1__orders.sql', NULL, 'app', '2024-05-01 10:00:00', 12, true);
            ALTER TABLE flyway_schema_history OWNER TO {world.Roles.Owner};
            """);
        (await walk.Release.BuildAsync("Migrate"))
            .MustExitWith(3)
            .MustPrint("has 1 applied migration of flyway, and Belay has no history here");

        (await walk.TypeAsync("./build.sh Adopt --from flyway --dry-run")).MustExitWith(0).MustPrint("V1__orders.sql");
        (await walk.TypeAsync("./build.sh Adopt --from flyway")).MustExitWith(0);
        (await walk.Release.BuildAsync("Migrate", "--skip", "SmokeTest")).MustExitWith(0);
        Assert.False(await walk.HasAsync("orders"));
    });

    [Fact]
    [Walks("troubleshooting.md", "The history of … is not empty")]
    public Task A_history_that_is_not_empty() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        (await walk.Release.BuildAsync("Baseline", "--migration-version", "1", "--reason", "again"))
            .MustExitWith(3)
            .MustPrint("is not empty");

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("0001_add_user_analysis_preferences");
    });

    [Fact]
    [Walks("troubleshooting.md", "There is no folder …, which BACKUP_STORE names")]
    public Task No_folder() => Walk.RunAsync(world, async walk =>
    {
        Directory.Delete(walk.Release.Store);
        (await walk.Release.BuildAsync("Preflight"))
            .MustExitWith(3)
            .MustPrint($"There is no folder {walk.Release.Store}, which BACKUP_STORE names.");

        walk.Fill("/mnt/backups", walk.Release.Store);
        (await walk.TypeAsync("mkdir -m 700 /mnt/backups")).MustExitWith(0);
        (await walk.Release.BuildAsync("Backup")).MustExitWith(0);
    });

    [Fact]
    [Walks("troubleshooting.md", "could not be tried out on this machine")]
    public Task No_room_to_try_it_out() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Backup");
        var place = Path.Combine(walk.Release.Root, ".nuke", "temp");
        var nothing = new Dictionary<string, string?> { ["TMPDIR"] = Path.Combine(walk.Release.Root, "absent") };
        (await walk.Release.BuildAsync(nothing, "VerifyBackup", "--backup", "latest", "--proof-level", "restored"))
            .MustExitWith(4)
            .MustPrint(place);

        (await walk.TypeAsync("./build.sh VerifyBackup --backup latest --proof-level restored"))
            .MustExitWith(0)
            .MustPrint("proven by restored");
    });
}
