using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Preflight;

/// <summary>What preflight refuses when a part of what it looks at is away, and what of it stops which work.</summary>
public sealed class PreflightWorkTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string UserTable =
        """CREATE TABLE "user" (id integer PRIMARY KEY, username varchar(80) UNIQUE NOT NULL, password_hash varchar(200))""";

    private readonly string folder = TestFolder.New("preflight-work");

    private PreflightRequest Request => new()
    {
        Target = Database.Target,
        Store = null,
        Migrations = new MigrationSettings { Folder = Path.Combine(TestFolder.Checkout, "migrations"), TargetVersion = 1 },
    };

    public override async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("default_transaction_read_only")]
    [InlineData("pg_prepared_xacts")]
    [InlineData("pg_event_trigger")]
    public async Task Refuses_when_the_server_is_lost_while_it_looks(string question)
    {
        await Database.ExecuteAsync(UserTable, Token);
        await using var proxy = TcpProxy.Start(Database.Target.Hosts[0].Port);
        var distant = Database.Target with { Hosts = [Database.Target.Hosts[0] with { Port = proxy.Port }] };
        proxy.ToServer.HoldWhen = text => text.Contains(question, StringComparison.Ordinal);
        var looking = RefusalsAsync(Request with { Target = distant });
        await proxy.ToServer.Held.WaitAsync(TimeSpan.FromMinutes(2), Token);
        proxy.ToServer.CutAt = proxy.ToServer.Bytes;
        proxy.ToServer.Release();

        var refusal = Assert.Single(await looking);

        Assert.StartsWith(
            $"The server of {distant.DisplayName} was lost while preflight looked: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("look at the server's log and the network; then run ./build.sh Preflight", refusal.Hint);
    }

    [Fact]
    public async Task Is_not_stopped_by_what_stops_only_other_work()
    {
        var broken = new FolderStoreLocation { Folder = Path.Combine(folder, "absent") };
        var request = Request with
        {
            Store = StoreFactory.Open(broken),
            RecordFolder = Path.Combine(TestFolder.Checkout, "README.md"),
            FindTools = _ => Task.FromResult<IReadOnlyList<PostgresTools>>([]),
        };

        Assert.Equal(
            [ReleaseWork.Migration, ReleaseWork.Backup, ReleaseWork.Backup, ReleaseWork.Migration],
            (await RefusalsAsync(request)).Select(refusal => refusal.Stops));

        await Database.ExecuteAsync(UserTable, Token);
        var migration = await new PreflightRunner(request with { Work = ReleaseWork.Migration, RecordFolder = folder }).RunAsync(Token);
        Assert.Null(migration.Tools);
        var backup = await new PreflightRunner(
            request with { Work = ReleaseWork.Backup, Store = null, FindTools = PostgresInstallations.FindAsync }).RunAsync(Token);
        Assert.NotNull(backup.Tools);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    private static async Task<IReadOnlyList<Finding>> RefusalsAsync(PreflightRequest request)
    {
        var exception = await Assert.ThrowsAsync<PreflightException>(() => new PreflightRunner(request).RunAsync(Token));
        return [.. exception.Findings.Where(finding => finding.Severity == FindingSeverity.Refusal)];
    }
}
