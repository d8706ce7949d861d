using System.Diagnostics;
using System.Runtime.Versioning;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;

namespace Belay.IntegrationTests.Servers;

public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly string folder = TestFolder.New("server");
    private PostgresTools tools = null!;
    private Process? writer;

    public async ValueTask InitializeAsync() => tools = await PostgresFixture.FindToolsAsync(Token);

    public ValueTask DisposeAsync()
    {
        // A test that fails leaves its writer, which would fill the folder while it is removed.
        if (writer is { HasExited: false })
        {
            writer.Kill();
            writer.WaitForExit();
        }

        writer?.Dispose();
        ServicePlace.Remove(folder);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Keeps_its_data_and_password_over_a_restart_and_is_gone_in_between()
    {
        await using (var first = await PostgresServer.StartAsync(Options, Token))
        {
            await first.Target("postgres").ExecuteAsync("CREATE TABLE kept (id int)", Token);
        }

        Assert.Null(PostgresServer.Attach(Options));
        await using var second = await PostgresServer.StartAsync(Options, Token);
        await second.Target("postgres").ExecuteAsync("INSERT INTO kept VALUES (1)", Token);
    }

    [Fact]
    public async Task Listens_on_the_loopback_address_alone_with_scram_and_no_socket()
    {
        await using var server = await PostgresServer.StartAsync(Options, Token);
        Assert.Equal(
            "127.0.0.1||UTF8|scram-sha-256",
            await server.Target("postgres").ScalarAsync(
                "SELECT concat_ws('|', current_setting('listen_addresses'), current_setting('unix_socket_directories'), "
                    + "current_setting('server_encoding'), (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules))",
                Token));
        var stranger = server.Target("postgres") with { Password = new Secret("wrong-password") };
        await Assert.ThrowsAsync<DatabaseUnreachableException>(
            () => new DatabaseConnector(stranger).OpenAsync("test", Token));
    }

    [Fact]
    public async Task Refuses_a_port_that_another_program_has()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(Options with { Port = port }, Token));
        Assert.Equal(
            $"Port {port} of 127.0.0.1 is in use by another program; PostgreSQL in {RealPath.Of(folder)} did not start.", refusal.Message);
        Assert.Null(PostgresServer.Attach(Options));
    }

    [Fact]
    public async Task Refuses_a_folder_whose_server_is_in_use()
    {
        await using var server = await PostgresServer.StartAsync(Options, Token);
        var refusal = await Assert.ThrowsAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(Options, Token));
        Assert.Equal(
            $"PostgreSQL (process {server.Process!.Id}, port {server.Port}) runs in {RealPath.Of(folder)} already: process "
                + $"{Environment.ProcessId} uses it.", refusal.Message);
        Assert.NotNull(server.Process);
    }

    [Fact]
    public async Task Recovers_from_a_crash_on_the_same_port()
    {
        await using var server = await PostgresServer.StartAsync(Options, Token);
        var port = server.Port;
        await server.Target("postgres").ExecuteAsync("CREATE TABLE kept (id int)", Token);
        await server.CrashAsync();
        Assert.Null(server.Process);
        await server.StartAgainAsync(Token);
        Assert.Equal(port, server.Port);
        await server.Target("postgres").ExecuteAsync("INSERT INTO kept VALUES (1)", Token);
    }

    [Fact]
    public async Task Starts_beside_a_stale_file_that_names_a_process_of_another_program()
    {
        await using (await PostgresServer.StartAsync(Options, Token))
        {
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "data", "postmaster.pid"),
            $"{Environment.ProcessId}\n/data\n1700000000\n5432\n",
            Token);
        await using var server = await PostgresServer.StartAsync(Options, Token);
        Assert.NotNull(server.Process);
    }

    [Fact]
    public async Task Makes_the_cluster_anew_when_a_killed_run_left_half_of_it()
    {
        Directory.CreateDirectory(Path.Combine(folder, "data.new", "base"));
        await using var server = await PostgresServer.StartAsync(Options, Token);
        Assert.False(Directory.Exists(Path.Combine(folder, "data.new")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Makes_the_cluster_anew_where_its_user_cannot_enter_a_folder_that_holds_half_of_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root's servers run as another user.");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var closed = Path.Combine(folder, "below");
        Directory.CreateDirectory(Path.Combine(closed, "data.new", "base"));
        await using (var server = await PostgresServer.StartAsync(Options with { Folder = closed }, Token))
        {
                Assert.StartsWith("/var/tmp/belay-", RealPath.Of(closed), StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(closed, "data.new")));
        }

        ServicePlace.Remove(closed);
    }

    [Fact]
    public async Task Makes_the_cluster_anew_while_the_initdb_of_a_killed_run_still_writes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds initdb's backend through /proc.");
        await WriteOnAsync();
        await using var server = await PostgresServer.StartAsync(Options, Token);
        Assert.True(writer!.HasExited);
        Assert.False(Directory.Exists(Path.Combine(folder, "data.new")));
    }

    [Fact]
    public async Task Sweeps_the_folder_of_a_run_that_was_killed_in_the_middle_of_initdb()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds initdb's backend through /proc.");
        await WriteOnAsync();
        new ServerOwner(new ProcessIdentity(Environment.ProcessId, "another boot"), tools).Write(new ServerFolder(folder));
        Assert.Equal(1, await SweepAsync());
        Assert.True(writer!.HasExited);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Names_its_owner_before_initdb_begins_so_that_a_killed_run_is_swept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        var programs = Directory.CreateTempSubdirectory("belay-initdb-");
        var initdb = Path.Combine(programs.FullName, "initdb");
        await File.WriteAllTextAsync(
            initdb, "#!/bin/sh\ntest -e owner.json && echo owned >&2\nexit 1\n", Token);
        File.SetUnixFileMode(programs.FullName, Everybody);
        File.SetUnixFileMode(initdb, Everybody);
        var options = Options with { Tools = new PostgresTools(programs.FullName, tools.Version, HasServer: true) };
        var refusal = await Assert.ThrowsAsync<PostgresServerException>(
            () => PostgresServer.StartAsync(options, Token));
        Assert.Equal($"initdb could not create a cluster in {RealPath.Of(folder)}: owned", refusal.Message);
        programs.Delete(recursive: true);
    }

    [Fact]
    public async Task A_cancelled_start_leaves_no_server()
    {
        await using (await PostgresServer.StartAsync(Options, Token))
        {
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostgresServer.StartAsync(Options, cancelled.Token));
        Assert.Null(PostgresServer.Attach(Options));
    }

    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;

    /// <summary>What initdb's backend does when its parent is gone: it goes on filling the unfinished cluster.</summary>
    private async Task WriteOnAsync()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, "data.new", "base")).Parent!.FullName;
        const string fill = "n=0; while [ $n -lt 100000 ]; do mkdir -p base/$n && : > base/$n/file; n=$((n + 1)); done";
        writer = Process.Start(new ProcessStartInfo("sh", ["-c", fill]) { WorkingDirectory = unfinished })!;
        while (!File.Exists(Path.Combine(unfinished, "base", "20", "file")))
        {
            await Task.Delay(10, Token);
        }
    }

    /// <summary>Sweeps this test's folder alone.</summary>
    private async Task<int> SweepAsync()
    {
        var parent = TestFolder.New("sweep");
        Directory.Move(folder, Path.Combine(parent, "server"));
        var removed = await LeftoverServers.SweepAsync(parent, TimeProvider.System);
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent));
        Directory.Delete(parent);
        Directory.CreateDirectory(folder);
        return removed;
    }

    private PostgresServerOptions Options => new() { Tools = tools, Folder = folder, Durable = false };
}
