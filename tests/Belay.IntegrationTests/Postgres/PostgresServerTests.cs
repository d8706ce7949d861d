using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Npgsql;

namespace Belay.IntegrationTests.Postgres;

public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly string folder = RepositoryFolder.NewFolder("server");
    private PostgresTools tools = null!;

    public async ValueTask InitializeAsync() => tools = await PostgresFixture.FindToolsAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        ServicePlace.Remove(folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Keeps_its_data_and_password_over_a_restart_and_is_gone_in_between()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using (var first = await PostgresServer.StartAsync(Options, cancellationToken))
        {
            Assert.True(first.IsNew);
            await ExecuteAsync(first, "CREATE TABLE kept (id int)");
        }

        Assert.Null(PostgresServer.Attach(Options));
        await using var second = await PostgresServer.StartAsync(Options, cancellationToken);
        Assert.False(second.IsNew);
        await ExecuteAsync(second, "INSERT INTO kept VALUES (1)");
    }

    [Fact]
    public async Task Listens_on_the_loopback_address_alone_with_scram_and_no_socket()
    {
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("test", TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT concat_ws('|', current_setting('listen_addresses'), current_setting('unix_socket_directories'), current_setting('server_encoding'), (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules))",
            connection);
        Assert.Equal("127.0.0.1||UTF8|scram-sha-256", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        var stranger = server.Target("postgres") with { Password = new Secret("wrong-password") };
        await Assert.ThrowsAsync<DatabaseUnreachableException>(() => new DatabaseConnector(stranger).OpenAsync("test", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Refuses_a_port_that_another_program_has()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(Options with { Port = port }, TestContext.Current.CancellationToken));
        Assert.Equal($"Port {port} of 127.0.0.1 is in use by another program; PostgreSQL in {RealPath.Of(folder)} did not start.", refusal.Message);
        Assert.Null(PostgresServer.Attach(Options));
    }

    [Fact]
    public async Task Refuses_a_folder_whose_server_is_in_use()
    {
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken));
        Assert.Equal($"PostgreSQL (process {server.Process!.Id}, port {server.Port}) runs in {RealPath.Of(folder)} already: process {Environment.ProcessId} uses it.", refusal.Message);
        Assert.NotNull(server.Process);
    }

    [Fact]
    public async Task Recovers_from_a_crash_on_the_same_port()
    {
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        var port = server.Port;
        await ExecuteAsync(server, "CREATE TABLE kept (id int)");
        await server.CrashAsync();
        Assert.Null(server.Process);
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(port, server.Port);
        await ExecuteAsync(server, "INSERT INTO kept VALUES (1)");
    }

    [Fact]
    public async Task Starts_beside_a_stale_file_that_names_a_process_of_another_program()
    {
        await using (await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "data", "postmaster.pid"), $"{Environment.ProcessId}\n/data\n1700000000\n5432\n", TestContext.Current.CancellationToken);
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        Assert.NotNull(server.Process);
    }

    [Fact]
    public async Task Makes_the_cluster_anew_when_a_killed_run_left_half_of_it()
    {
        Directory.CreateDirectory(Path.Combine(folder, "data.new", "base"));
        await using var server = await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken);
        Assert.True(server.IsNew);
        Assert.False(Directory.Exists(Path.Combine(folder, "data.new")));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_no_server()
    {
        await using (await PostgresServer.StartAsync(Options, TestContext.Current.CancellationToken))
        {
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresServer.StartAsync(Options, cancelled.Token));
        Assert.Null(PostgresServer.Attach(Options));
    }

    private PostgresServerOptions Options => new() { Tools = tools, Folder = folder, Durable = false };

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("test", TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
