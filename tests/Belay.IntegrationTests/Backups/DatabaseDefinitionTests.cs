using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.IntegrationTests.Backups;

/// <summary>What a database is besides what is in it: carried by the backup, used by the proof, brought back by the script.</summary>
[Long]
public sealed class DatabaseDefinitionTests(PostgresFixture postgres)
{
    private const string Looks = """
        SELECT concat_ws('|', pg_get_userbyid(datdba), shobj_description(d.oid, 'pg_database'), pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider,
                         daticulocale, datconnlimit, datistemplate,
                         (SELECT string_agg(concat_ws('/', grantee, privilege_type, is_grantable), ' ' ORDER BY grantee, privilege_type) FROM aclexplode(datacl)),
                         (SELECT string_agg(setrole || ':' || array_to_string(setconfig, ';'), ' ' ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid))
        FROM pg_database d WHERE datname = current_database()
        """;

    private static int made;

    public static TheoryData<string, string, string> Databases => new()
    {
        { "UTF8", "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", "Grüße, 世界" },
        { "a locale of the system", "ENCODING 'UTF8' LC_COLLATE 'C.utf8' LC_CTYPE 'C.utf8'", "Grüße" },
        { "LATIN1", "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'", "Grüße" },
        { "EUC_JP", "ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'", "漢字" },
        { "ICU", "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'de-u-kn-true'", "f2" },
    };

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Is_the_same_on_both_sides_after_a_restore_by_the_script(string name, string options, string text)
    {
        Assert.NotEmpty(name);
        await using var database = await CreateAsync(options, text);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());

        var proven = await bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token);
        Assert.Contains(
            proven.Evidence[^1].Facts,
            fact => fact.StartsWith(
                $"database with encoding and locale of the original: {manifest.Definition!.Encoding}, ", StringComparison.Ordinal));

        var globals = Path.Combine(bench.StoreFolder, manifest.GlobalsName!);
        var copy = $"{database.Target.Database}_copy";
        var run = await Psql.RunAsync(postgres.Server.Target("postgres"), globals, Token, $"database={copy}");
        Assert.Equal(0, run.ExitCode);
        try
        {
            Assert.Equal(await database.ScalarAsync(Looks, Token), await LookAsync(copy));
        }
        finally
        {
            await ExecuteAsync(
                postgres.Server.Target("postgres"),
                $"UPDATE pg_database SET datistemplate = false WHERE datname = '{copy}'; DROP DATABASE {copy}");
        }
    }

    [Fact]
    public async Task Is_restored_with_an_owner_whose_name_only_its_own_encoding_can_read()
    {
        await using var database = await TestDatabase.CreateAsync(
            postgres.Server, $"defined_{Interlocked.Increment(ref made)}", Token, "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        var role = $"größe_{database.Target.Database}";
        using var bench = new BackupBench(postgres.Tools);
        try
        {
            await database.ExecuteAsync(
                $"CREATE ROLE {role}; CREATE TABLE words AS SELECT 'Grüße' AS word; ALTER TABLE words OWNER TO {role}", Token);
            var manifest = await bench.TakeAsync(database.Target, new BackupSettings());

            Assert.Contains(role, manifest.Owners);
            Assert.Equal(ProofLevel.Restored, (await bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token)).ProofLevel);
        }
        finally
        {
            await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}", Token);
        }
    }

    [Fact]
    public async Task Keeps_the_values_of_an_application_s_own_settings_out_of_the_manifest_and_in_the_script()
    {
        await using var database = await CreateAsync("ENCODING 'UTF8'", "x");
        using var bench = new BackupBench(postgres.Tools);

        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());

        Assert.Contains(new DatabaseSetting(null, "app.token", null), manifest.Definition!.Settings);
        Assert.Contains(new DatabaseSetting(null, "search_path", "\"$user\", public, \"Odd Schema\""), manifest.Definition.Settings);
        Assert.DoesNotContain(
            "token-of-the-app", await File.ReadAllTextAsync(bench.PathOfManifest(manifest), Token), StringComparison.Ordinal);
        Assert.Contains(
            "SET \"app\".\"token\" TO 'token-of-the-app'",
            await File.ReadAllTextAsync(Path.Combine(bench.StoreFolder, manifest.GlobalsName!), Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_locale_stood_in_for_one_that_this_machine_has_not()
    {
        await using var database = await CreateAsync("ENCODING 'UTF8'", "x");
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());

        var proven = await bench.Prover.ProveAsync(
            manifest with { Definition = manifest.Definition! with { Collation = "xx_YY.utf8", CharacterType = "xx_YY.utf8" } },
            ProofLevel.Restored,
            Token);

        Assert.Contains(
            "database with UTF8 and locale C, because this machine has not UTF8, xx_YY.utf8: invalid locale name: \"xx_YY.utf8\"",
            proven.Evidence[^1].Facts);
    }

    [Fact]
    public async Task Is_restored_for_the_proof_without_the_tablespaces_that_only_the_original_has()
    {
        await using var database = await CreateAsync("ENCODING 'UTF8'", "x");
        var place = TestFolder.New("tablespace");
        var location = await Belay.Servers.ServicePlace.PrepareAsync(place, Token);
        using var bench = new BackupBench(postgres.Tools);
        try
        {
            await OwnAsync(location);
            await database.ExecuteAsync($"CREATE TABLESPACE test_fast LOCATION '{location}'", Token);
            await database.ExecuteAsync(
                "CREATE TABLE apart (id int PRIMARY KEY USING INDEX TABLESPACE test_fast) TABLESPACE test_fast; INSERT INTO apart VALUES "
                    + "(1)", Token);
            var manifest = await bench.TakeAsync(database.Target, new BackupSettings());
            Assert.Equal(["test_fast"], manifest.Definition!.OtherTablespaces);

            Assert.Equal(ProofLevel.Restored, (await bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token)).ProofLevel);

            var parallel = await bench.TakeAsync(database.Target, new BackupSettings { Parallel = 2 });
            Assert.Equal(ProofLevel.Restored, (await bench.Prover.ProveAsync(parallel, ProofLevel.Restored, Token)).ProofLevel);
        }
        finally
        {
            await database.ExecuteAsync("DROP TABLE IF EXISTS apart", Token);
            await database.ExecuteAsync("DROP TABLESPACE IF EXISTS test_fast", Token);
            Belay.Servers.ServicePlace.Remove(place);
        }
    }

    private static async Task OwnAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
        {
            var result = await CliWrap.Cli.Wrap("chown").WithArguments(["postgres", folder]).ExecuteAsync(Token);
            Assert.Equal(0, result.ExitCode);
        }
    }

    private async Task<TestDatabase> CreateAsync(string options, string text)
    {
        var database = await TestDatabase.CreateAsync(postgres.Server, $"defined_{Interlocked.Increment(ref made)}", Token, options);
        var owner = (await database.CreateRoleAsync(Token)).Username;
        var reader = (await database.CreateRoleAsync(Token)).Username;
        var name = database.Target.Database;
        await database.ExecuteAsync(
            "CREATE TABLE words (word text CHECK (word < 'g' OR word > 'g'), low text CHECK (low < 'f10' OR low > 'f10')); INSERT INTO "
                + $"words VALUES ('{text}', 'f2')", Token);
        foreach (var command in new[]
        {
            $"COMMENT ON DATABASE {name} IS 'Ann''s \\ database'",
            $"ALTER DATABASE {name} SET search_path = \"$user\", public, \"Odd Schema\"",
            $"ALTER DATABASE {name} SET \"app.token\" = 'token-of-the-app'",
            $"ALTER DATABASE {name} SET work_mem = '8MB'",
            $"ALTER ROLE {reader} IN DATABASE {name} SET statement_timeout = '7s'",
            $"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC",
            $"GRANT CONNECT ON DATABASE {name} TO {reader} WITH GRANT OPTION",
            $"ALTER DATABASE {name} CONNECTION LIMIT 50",
            $"ALTER DATABASE {name} OWNER TO {owner}",
        })
        {
            await database.ExecuteAsync(command, Token);
        }

        return database;
    }

    private Task<object?> LookAsync(string name) => postgres.Server.Target(name).ScalarAsync(Looks, Token);

    private static async Task ExecuteAsync(DatabaseTarget target, string sql)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("test", Token);
        foreach (var one in sql.Split(';'))
        {
            await connection.ExecuteAsync(one, Token);
        }
    }
}
