using Belay.Backups;
using Belay.Backups.Proving;
using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Backups.Proving;

public sealed class AmcheckRunTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string Installed = "SELECT count(*) FROM pg_extension WHERE extname = 'amcheck'";

    private readonly TestOutput output = new();

    [Theory]
    [InlineData("Shop")]
    [InlineData("shop.eu*")]
    [InlineData("dbname=postgres")]
    [InlineData(@"o \ {0} $x")]
    public async Task Looks_at_the_very_database_whatever_its_name_means_to_the_program(string name)
    {
        await using var odd = await TestDatabase.CreateAsync(Postgres.Server, name, Token, "");
        await odd.ExecuteAsync("CREATE TABLE item (id integer PRIMARY KEY); INSERT INTO item SELECT generate_series(1, 100)", Token);

        Assert.Equal("pg_amcheck found nothing", await new AmcheckRun(Postgres.Tools, output).RunAsync(odd.Target, Token));

        Assert.Empty(output.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leaves_the_extension_as_it_was_so_that_a_migration_may_make_it(bool isThere)
    {
        if (isThere)
        {
            await Database.ExecuteAsync("CREATE EXTENSION amcheck", Token);
        }

        Assert.Equal("pg_amcheck found nothing", await new AmcheckRun(Postgres.Tools, output).RunAsync(Database.Target, Token));

        Assert.Equal(isThere ? 1L : 0L, await Database.ScalarAsync(Installed, Token));
    }

    [Theory]
    [InlineData(
        """
        CREATE FUNCTION compare(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT pg_catalog.btint4cmp($1, $2)';
        CREATE OPERATOR CLASS own FOR TYPE integer USING btree AS
            OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(integer, integer);
        CREATE TABLE item AS SELECT generate_series(1, 30) AS id;
        CREATE INDEX "out of memory" ON item (id own);
        """,
        """
        CREATE OR REPLACE FUNCTION compare(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql
            AS 'SELECT pg_catalog.btint4cmp($2, $1)'
        """,
        "item order invariant violated for index \"out of memory\"")]
    [InlineData(
        "CREATE TABLE item AS SELECT generate_series(1, 30) AS id",
        "UPDATE pg_class SET relfrozenxid = pg_current_xact_id()::xid WHERE relname = 'item'",
        "precedes relation freeze threshold")]
    public async Task Tells_damage_of_an_index_and_of_a_table(string making, string spoiling, string expected)
    {
        await Database.ExecuteAsync(making, Token);
        await Database.ExecuteAsync(spoiling, Token);

        var fault = await Assert.ThrowsAsync<BackupException>(
            () => new AmcheckRun(Postgres.Tools, output).RunAsync(Database.Target, Token));

        Assert.StartsWith("pg_amcheck found damage in the restored database:\n", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal("Take a new backup: ./build.sh Backup", fault.Hint);
        Assert.Equal(0L, await Database.ScalarAsync(Installed, Token));
    }

    [Fact]
    public async Task Takes_no_limit_of_its_role_for_damage()
    {
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION slowly(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql
                AS 'SELECT pg_catalog.btint4cmp($1, $2) FROM pg_catalog.pg_sleep(0.02)';
            CREATE OPERATOR CLASS slow FOR TYPE integer USING btree AS
                OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 slowly(integer, integer);
            CREATE TABLE item AS SELECT generate_series(1, 30) AS id;
            CREATE INDEX ON item (id slow);
            """,
            Token);
        var hasty = await Database.CreateRoleAsync(Token, "SUPERUSER");
        await Database.ExecuteAsync($"ALTER ROLE {hasty.Username} SET statement_timeout = '400ms'", Token);

        Assert.Equal("pg_amcheck found nothing", await new AmcheckRun(Postgres.Tools, output).RunAsync(hasty, Token));
    }

    [Fact]
    public async Task Says_that_nobody_looked_where_the_role_may_not()
    {
        await Database.ExecuteAsync("CREATE EXTENSION amcheck; CREATE TABLE item (id integer PRIMARY KEY)", Token);
        var guest = await Database.CreateRoleAsync(Token);

        var fact = await new AmcheckRun(Postgres.Tools, output).RunAsync(guest, Token);

        Assert.Equal($"pg_amcheck not run: {guest.Username} may not run its function bt_index_check", fact);
        Assert.Equal(
            [
                "pg_amcheck did not look for damage in the restored database: "
                    + $"{guest.Username} may not run its function bt_index_check",
            ],
            output.Warnings);
    }

    [Theory]
    [InlineData(15, "echo 'it is broken' >&2; exit 2", "it ended with exit code 2: it is broken")]
    [InlineData(15, "kill -9 $$", "it was ended by signal 9")]
    [InlineData(15, "", "{0}/pg_amcheck cannot be started: Exec format error")]
    [InlineData(15, null, "{0} has none")]
    [InlineData(13, null, null)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Warns_where_the_program_should_be_and_does_not_work(int major, string? script, string? reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        var folder = TestFolder.New("amcheck");
        var program = Path.Combine(folder, "pg_amcheck");
        if (script is not null)
        {
            await File.WriteAllTextAsync(program, script.Length == 0 ? "" : $"#!/bin/sh\n{script}\n", Token);
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var fact = await new AmcheckRun(new PostgresTools(folder, $"{major}.1", HasServer: true), output)
            .RunAsync(Database.Target, Token);

        var told = string.Format(System.Globalization.CultureInfo.InvariantCulture, reason ?? "{0} has none", folder);
        Assert.Equal($"pg_amcheck not run: {told}", fact);
        Assert.Equal(
            reason is null ? [] : [$"pg_amcheck did not look for damage in the restored database: {told}"], output.Warnings);
        Directory.Delete(folder, recursive: true);
    }
}
