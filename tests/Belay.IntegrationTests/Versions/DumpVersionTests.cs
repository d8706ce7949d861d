using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Preflight;

namespace Belay.IntegrationTests.Versions;

/// <summary>This machine's pg_dump and servers of other versions.</summary>
public sealed class DumpVersionTests(VersionsFixture versions, PostgresFixture machine)
{
    private const string Orders = "CREATE TABLE orders AS SELECT generate_series(1, 10) AS id";

    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Preflight_passes_when_pg_dump_is_as_new_as_the_server_and_refuses_when_it_is_older(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Orders);
        one.Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;\n");
        var request = new PreflightRequest
        {
            Target = one.Database.Target,
            Store = null,
            Migrations = one.Bench.Settings,
            FindTools = _ => Task.FromResult<IReadOnlyList<PostgresTools>>([machine.Tools]),
        };
        if (machine.Tools.Major >= major)
        {
            var report = await new PreflightRunner(request).RunAsync(Token);
            Assert.StartsWith($"PostgreSQL {major}", report.ServerVersion, StringComparison.Ordinal);
            Assert.Equal(machine.Tools.Major, report.Tools!.Major);
            Assert.Contains(
                new Finding(FindingSeverity.Information, $"pg_dump {machine.Tools.Version} in {machine.Tools.Folder}"), report.Findings);
            return;
        }

        var refusal = await Assert.ThrowsAsync<PreflightException>(() => new PreflightRunner(request).RunAsync(Token));

        Assert.Equal(
            $"Preflight refused: pg_dump {machine.Tools.Version} is older than the server, which is version {major}: it refuses to dump it "
                + "(stops Backup; with a proven backup, ./build.sh Migrate --skip Backup goes through)",
            refusal.Message);
        Assert.Equal(
            $"apt-get install postgresql-client-{major} (newer versions: https://apt.postgresql.org), or set PG_BIN to the folder with "
                + "pg_dump",
            refusal.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, refusal.ExitCode);
    }

    [Theory]
    [InlineData(13, "", "libc")]
    [InlineData(17, "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'", "builtin C.UTF-8")]
    [InlineData(18, "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST'", "builtin PG_UNICODE_FAST")]
    public async Task What_a_database_is_can_be_read_and_made_again_on_every_version(int major, string options, string provider)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are embedded servers for Linux only.");
        await using var database = await versions.CreateDatabaseAsync(major, machine, Token);
        var (first, second) = ($"{database.Target.Database}_first", $"{database.Target.Database}_second");
        await database.ExecuteAsync(
            $"CREATE DATABASE {first} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' {options}", Token);
        await database.ExecuteAsync($"REVOKE CONNECT ON DATABASE {first} FROM PUBLIC", Token);

        var original = await DefineAsync(first);
        foreach (var command in DatabaseCommands.Finish(original, second).Prepend(DatabaseCommands.Create(original, second)))
        {
            await database.ExecuteAsync(command, Token);
        }

        Assert.Equal(provider, $"{original.LocaleProvider} {original.Locale}".TrimEnd());
        Assert.Equal(Describe(original), Describe(await DefineAsync(second)));
        await database.ExecuteAsync($"DROP DATABASE {first}", Token);
        await database.ExecuteAsync($"DROP DATABASE {second}", Token);

        async Task<DatabaseDefinition> DefineAsync(string name)
        {
            await using var connection = await new DatabaseConnector(database.Target with { Database = name }).OpenAsync("test", Token);
            return await DefinitionReader.ReadAsync(connection, Token);
        }
    }

    private static string Describe(DatabaseDefinition definition) => System.Text.Json.JsonSerializer.Serialize(definition);

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public async Task A_backup_without_preflight_fails_with_pg_dump_s_own_words_and_stores_nothing(int major)
    {
        Assert.SkipUnless(machine.Tools.Major < major, "This machine's pg_dump is as new as the server");
        await using var one = await VersionBench.CreateAsync(major, versions, machine, Orders);
        using var bench = new BackupBench(machine.Tools);

        var failure = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(one.Database.Target, new BackupSettings()));

        Assert.StartsWith(
            $"pg_dump of {one.Database.Target.DisplayName} ended with exit code 1:\npg_dump: error: ",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("aborting because of server version mismatch", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nNothing was stored.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Install the PostgreSQL client of the server's version, or set PG_BIN to the folder that has it.", failure.Hint);
        Assert.Equal(ExitCodes.BackupFailed, failure.ExitCode);
        Assert.Empty(bench.Files());
    }

    [Fact]
    public async Task A_newer_pg_dump_backs_an_older_server_up_and_proves_it_by_reading_back()
    {
        await using var one = await VersionBench.CreateAsync(13, versions, machine, Orders);
        Assert.SkipUnless(machine.Tools.Major > 13, "This machine's pg_dump is not newer than the server");
        using var bench = new BackupBench(machine.Tools);

        var proven = await bench.Prover.ProveAsync(
            await bench.TakeAsync(one.Database.Target, new BackupSettings()), ProofLevel.Readback, Token);

        Assert.Equal(new Dictionary<string, long> { ["public.orders"] = 10 }, proven.RowCounts);
        Assert.Equal(proven.Id, await bench.PassAsync(proven.Database));
        var failure = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(proven, ProofLevel.Restored, Token));
        Assert.Equal(
            $"Backup {proven.Id} is of PostgreSQL 13; proof level restored needs a server of that version, {machine.Tools.Folder} has "
                + $"PostgreSQL {machine.Tools.Version}.",
            failure.Message);
        Assert.Equal("Install the package postgresql-13, or set PG_BIN to the folder that has it.", failure.Hint);
        Assert.Equal(ProofLevel.Readback, (await bench.ReadAsync(proven)).ProofLevel);
    }
}
