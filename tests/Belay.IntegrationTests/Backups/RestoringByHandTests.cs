using System.Text.RegularExpressions;
using Belay.Backups;
using Belay.Backups.Proving;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using CliWrap;
using CliWrap.Buffered;
using Npgsql;

namespace Belay.IntegrationTests.Backups;

/// <summary>The commands of docs/backups.md, "Restoring by hand", as they stand there.</summary>
public sealed partial class RestoringByHandTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly BackupBench bench = new(postgres.Tools);
    private readonly string folder = RepositoryFolder.NewFolder("by-hand");

    private TestDatabase? database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The recipe is for a shell.");
        database = await postgres.CreateDatabaseAsync(Token);
        var owner = (await database.CreateRoleAsync(Token)).Username;
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id FROM generate_series(1, 1000) i; ALTER TABLE numbers OWNER TO {owner}; COMMENT ON DATABASE {database.Target.Database} IS 'the shop'", Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.ExecuteAsync("DROP DATABASE IF EXISTS app_restored WITH (FORCE)", Token);
            await database.DisposeAsync();
        }

        bench.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Brings_a_dump_back_that_is_one_object()
    {
        await FetchAsync(new BackupSettings { Compression = "zstd" });
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Move(file, Path.Combine(folder, "app" + Path.GetFileName(file)[Path.GetFileName(file).IndexOf('.', StringComparison.Ordinal)..]));
        }

        await WalkAsync(0);
    }

    [Fact]
    public async Task Brings_a_dump_of_several_parts_back_from_where_it_was_fetched()
    {
        await FetchAsync(new BackupSettings { Parallel = 2 });
        var globals = Assert.Single(Directory.GetFiles(folder, "*.globals.sql"));
        File.Move(globals, Path.Combine(folder, "app.globals.sql"));

        await WalkAsync(1);
    }

    private async Task FetchAsync(BackupSettings settings)
    {
        var manifest = await bench.TakeAsync(database!.Target, settings);
        await new BackupFetcher(bench.Store, bench.Output, TimeProvider.System).RunAsync(manifest, folder, Token);
    }

    /// <summary>Runs the block with the given number of the section, on a server that has the roles already, and compares both sides.</summary>
    private async Task WalkAsync(int block)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "backups.md"), Token);
        var section = page.Split("\n## ").Single(part => part.StartsWith("Restoring by hand", StringComparison.Ordinal));
        var commands = Blocks().Matches(section)[block].Groups[1].Value;
        var target = database!.Target;
        var result = await Cli.Wrap("bash").WithArguments(["-euo", "pipefail", "-c", commands]).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["PATH"] = $"{postgres.Tools.Folder}:{Environment.GetEnvironmentVariable("PATH")}",
                ["PGHOST"] = target.Hosts[0].Name,
                ["PGPORT"] = $"{target.Hosts[0].Port}",
                ["PGUSER"] = target.Username,
                ["PGPASSWORD"] = target.Password!.Reveal(),
            })
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Token);
        Assert.True(result.IsSuccess, $"{commands}\n{result.StandardOutput}\n{result.StandardError}");

        await using var restored = await new DatabaseConnector(target with { Database = "app_restored" }).OpenAsync("test", Token);
        const string Looks = """
            SELECT concat_ws('|', (SELECT count(*) FROM numbers), (SELECT tableowner FROM pg_tables WHERE tablename = 'numbers'),
                             (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()))
            """;
        Assert.Equal(await database.ScalarAsync(Looks, Token), await ScalarAsync(restored, Looks));
        Assert.Equal(1000f, await ScalarAsync(restored, "SELECT reltuples FROM pg_class WHERE relname = 'numbers'"));
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
