using Belay.Backups;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A backup whose connection to PostgreSQL is cut or slow, at chosen bytes: nothing is stored,
/// nothing stays on the server.</summary>
public sealed class DatabaseFaultTests(PostgresFixture postgres)
{
    private const string CannotReach = "./build.sh Preflight";

    private static readonly BackupSettings Plain = new() { Compression = "none" };

    /// <summary>Title, the byte from the server at which the connection is cut that carries it, how the message begins.</summary>
    public static TheoryData<string, long, string> CutsToClient => new()
    {
        { "while pg_dump reads the catalogue", 60_000, "pg_dump of {0} ended with exit code 1:\npg_dump: error: " },
        { "in the first rows", 1 << 20, "pg_dump of {0} ended with exit code 1:\npg_dump: error: Dumping the contents of table "
            + "\"numbers\" failed: PQgetCopyData() failed.\n" },
        { "in the last rows", 12 << 20, "pg_dump of {0} ended with exit code 1:\npg_dump: error: Dumping the contents of table "
            + "\"numbers\" failed: PQgetCopyData() failed.\n" },
    };

    [Theory]
    [MemberData(nameof(CutsToClient))]
    public async Task Stores_nothing_when_the_connection_is_cut(string title, long at, string message)
    {
        Assert.NotEmpty(title);
        await using var database = await CreateAsync();
        await using var proxy = TcpProxy.Start(database.Target.Hosts[0].Port);
        using var bench = new BackupBench(postgres.Tools);
        var distant = database.Target with { Hosts = [database.Target.Hosts[0] with { Port = proxy.Port }] };
        proxy.ToClient.CutAt = at;

        var fault = await Assert.ThrowsAnyAsync<BelayException>(() => bench.TakeAsync(distant, Plain));

        Assert.Equal(1, proxy.Cuts);
        Assert.StartsWith(message.Replace("{0}", distant.DisplayName, StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Hint);
        await LeavesNothingAsync(bench, database);
        Assert.Equal(ProofLevel.Transport, (await bench.TakeAsync(distant, Plain)).ProofLevel);
    }

    [Theory]
    [InlineData("pg_export_snapshot", "The catalogue of {0} could not be read for the backup: ")]
    [InlineData("COPY public.numbers", "pg_dump of {0} ended with exit code 1:\npg_dump: error: ")]
    public async Task Stores_nothing_when_what_is_asked_is_cut(string question, string message)
    {
        await using var database = await CreateAsync();
        await using var proxy = TcpProxy.Start(database.Target.Hosts[0].Port);
        using var bench = new BackupBench(postgres.Tools);
        var distant = database.Target with { Hosts = [database.Target.Hosts[0] with { Port = proxy.Port }] };
        proxy.ToServer.HoldWhen = text => text.Contains(question, StringComparison.Ordinal);
        var backup = bench.TakeAsync(distant, Plain);
        await proxy.ToServer.Held.WaitAsync(TimeSpan.FromMinutes(2), Token);
        proxy.ToServer.CutAt = proxy.ToServer.Bytes;
        proxy.ToServer.Release();

        var fault = await Assert.ThrowsAsync<BackupException>(() => backup);

        Assert.Equal(1, proxy.Cuts);
        Assert.StartsWith(message.Replace("{0}", distant.DisplayName, StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
        Assert.Equal(CannotReach, fault.Hint);
        await LeavesNothingAsync(bench, database);
    }

    [Fact]
    public async Task Takes_and_proves_a_backup_over_a_slow_line()
    {
        await using var database = await CreateAsync();
        await using var proxy = TcpProxy.Start(database.Target.Hosts[0].Port);
        using var bench = new BackupBench(postgres.Tools);
        (proxy.ToClient.Delay, proxy.ToServer.Delay) = (TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(2));
        (proxy.ToClient.SlowFrom, proxy.ToClient.BytesPerSecond) = (1 << 20, 32 << 20);
        var manifest = await bench.TakeAsync(database.Target with { Hosts = [database.Target.Hosts[0] with { Port = proxy.Port }] }, Plain);
        Assert.True(proxy.ToClient.Bytes > manifest.Size / 2);
        Assert.Equal(ProofLevel.Readback, (await bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token)).ProofLevel);
    }

    [Fact]
    public async Task Says_how_to_find_a_name_that_is_not_UTF_8_and_takes_the_backup_when_it_has_another()
    {
        await using var database = await TestDatabase.CreateAsync(
            postgres.Server, "fault_ascii", Token, "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
        await database.ExecuteAsync("DO $$ BEGIN EXECUTE 'CREATE TABLE \"caf' || chr(233) || '\" AS SELECT 1 AS one'; END $$", Token);
        using var bench = new BackupBench(postgres.Tools);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(database.Target, Plain));

        Assert.Equal(
            $"The catalogue of {database.Target.DisplayName} could not be read for the backup: invalid byte sequence for encoding "
                + "\"UTF8\": 0xe9 0x22",
            fault.Message);
        var lines = fault.Hint!.Split('\n');
        Assert.Equal("A name there is not UTF-8. Those of tables, each with its number:", lines[0]);
        var number = await database.ScalarAsync(lines[1].Replace(", textsend(relname::text)", "", StringComparison.Ordinal), Token);
        await database.ExecuteAsync(
            lines[2].Split("Rename them by it: ")[1].Split("; then ")[0]
                .Replace("16385", $"{number}", StringComparison.Ordinal).Replace("new_name", "cafe", StringComparison.Ordinal),
            Token);
        Assert.Equal(1, (await bench.TakeAsync(database.Target, Plain)).RowCounts!["public.cafe"]);
    }

    private static async Task LeavesNothingAsync(BackupBench bench, TestDatabase database)
    {
        Assert.DoesNotContain(bench.Files(), name => name.Contains("Z-", StringComparison.Ordinal));
        Assert.Empty(bench.Temporary());
        await new DumpWatch(database).IsGoneAsync();
    }

    /// <summary>About 14 MB of rows.</summary>
    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            "CREATE TABLE numbers AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, 200000) i", Token);
        return database;
    }
}
