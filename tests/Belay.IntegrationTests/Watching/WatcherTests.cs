using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;
using Belay.Verification;
using Belay.Watching;
using Belay.Watching.Logs;
using Npgsql;

namespace Belay.IntegrationTests.Watching;

public sealed class WatcherTests
{
    private readonly TestOutput output = new();

    [Fact]
    public async Task Goes_on_over_a_crash_and_a_restart_of_the_server_and_tells_both()
    {
        await using var server = await StartAsync([]);
        var connector = new DatabaseConnector(server.Target("postgres"));
        await server.Target("postgres").ExecuteAsync("CREATE TABLE watched (id integer)", Token);
        await using var before = new WatchBaseline(TimeProvider.System)
        {
            Session = await EarlierSession.OpenAsync(connector, ["watched"], Token),
        };
        var watcher = Watcher(connector, TimeSpan.FromSeconds(12), before);
        var watching = watcher.RunAsync(Token);
        await UntilAsync(() => watcher.Seen.EarlierSession.Count > 0);
        Assert.Equal(["1 table read as before the migration"], watcher.Seen.EarlierSession);

        await server.CrashAsync();
        await UntilAsync(() => watcher.Seen.DatabaseFailures > 0);
        await server.StartAgainAsync(Token);
        await watching;

        var seen = watcher.Seen;
        Assert.Contains("Cannot connect to 127.0.0.1:", seen.FirstDatabaseFailure, StringComparison.Ordinal);
        Assert.Contains("the server was started anew 1 time", seen.Activity);
        Assert.Contains(
            seen.NotLookedAt,
            line => line.StartsWith("sessions from before the migration: the server ended it: ", StringComparison.Ordinal));
        Assert.Contains("logins: SMOKE_URL is not set", seen.NotLookedAt);
        Assert.Contains("checks: there are none to run", seen.NotLookedAt);
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_fails_the_watch()
    {
        await using var server = await StartAsync([]);
        var watcher = Watcher(new DatabaseConnector(server.Target("postgres")), TimeSpan.FromSeconds(4), null);
        var watching = watcher.RunAsync(Token);
        await UntilAsync(() => output.ProgressTexts.Count > 0);

        await server.StopAsync();

        var fault = await Assert.ThrowsAsync<WatchException>(() => watching);
        Assert.Equal(ExitCodes.VerificationFailed, fault.ExitCode);
        Assert.Contains(": the database does not answer; ", fault.Message, StringComparison.Ordinal);
        await server.StartAgainAsync(Token);
    }

    [Fact]
    public async Task Checks_that_cannot_run_are_said_and_fail_the_watch_where_it_is_so_in_the_end()
    {
        await using var server = await StartAsync([]);
        var target = server.Target("postgres");
        Exception fault = new DatabaseUnreadableException(target, new NpgsqlException("permission denied"));
        var times = 0;
        Task<VerificationReport> Checks(CancellationToken token) => times++ == 0
            ? throw new VerificationException("Verification stopped: the connection broke")
            : throw fault;

        var watcher = Watcher(new DatabaseConnector(target), TimeSpan.FromSeconds(1), null, Checks);
        var thrown = await Assert.ThrowsAsync<WatchException>(() => watcher.RunAsync(Token));

        Assert.Equal(2, times);
        Assert.Equal(ExitCodes.VerificationFailed, thrown.ExitCode);
        Assert.EndsWith($": the checks could not run in the end: {fault.Message}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("checks, at least once: Verification stopped: the connection broke", watcher.Seen.NotLookedAt);
        Assert.Contains($"checks, at least once: {fault.Message}", watcher.Seen.NotLookedAt);
    }

    [Fact]
    public async Task An_error_of_the_log_that_names_what_the_release_touched_is_told_once_and_counted()
    {
        await using var server = await StartAsync(new() { ["logging_collector"] = "on", ["log_destination"] = "csvlog" });
        var target = server.Target("postgres");
        await target.ExecuteAsync("CREATE TABLE watched (id integer)", Token);
        var watcher = Watcher(new DatabaseConnector(target), TimeSpan.FromSeconds(6), null);
        var watching = watcher.RunAsync(Token);
        await UntilAsync(() => output.ProgressTexts.Count > 0);

        for (var time = 0; time < 3; time++)
        {
            await FailAsync(target, "SELECT lost, 'a secret of theirs' FROM watched");
        }

        await FailAsync(target, "SELECT nothing FROM pg_class");
        await watching;

        Assert.Equal(
            ["1 kind of error", "3 times 42703 column \"lost\" does not exist", "1 other error"], watcher.Seen.Errors);
        Assert.Single(output.Warnings, text => text.EndsWith(": 42703 column \"lost\" does not exist", StringComparison.Ordinal));
        Assert.DoesNotContain("a secret of theirs", output.Text + string.Join('\n', watcher.Seen.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_may_not_be_read_any_more_is_said_and_fails_nothing()
    {
        await using var server = await StartAsync(new() { ["logging_collector"] = "on", ["log_destination"] = "csvlog" });
        var target = server.Target("postgres");
        await target.ExecuteAsync(
            "CREATE ROLE wat_reader LOGIN PASSWORD 'word-of-wat-reader'; GRANT pg_monitor TO wat_reader; "
                + "GRANT EXECUTE ON FUNCTION pg_current_logfile(text) TO wat_reader; "
                + "GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO wat_reader",
            Token);
        var reader = new DatabaseConnector(target with { Username = "wat_reader", Password = new Secret("word-of-wat-reader") });
        var watcher = Watcher(reader, TimeSpan.FromSeconds(3), null);
        var watching = watcher.RunAsync(Token);
        await UntilAsync(() => output.ProgressTexts.Count > 0);

        await target.ExecuteAsync("REVOKE pg_monitor FROM wat_reader", Token);
        await watching;

        Assert.Equal(0, watcher.Seen.DatabaseFailures);
        Assert.Single(watcher.Seen.NotLookedAt, line => line.EndsWith(
            " UTC on: permission denied for function pg_ls_logdir", StringComparison.Ordinal));
    }

    private static async Task<PostgresServer> StartAsync(Dictionary<string, string> settings) => await PostgresServer.StartAsync(
        new()
        {
            Tools = await PostgresFixture.FindToolsAsync(Token),
            Folder = TestFolder.New("watch"),
            Durable = false,
            Settings = settings,
        },
        Token);

    private Watcher Watcher(DatabaseConnector connector, TimeSpan duration, WatchBaseline? before,
        Func<CancellationToken, Task<VerificationReport>>? checks = null) => new(
        new WatchRequest
        {
            Settings = new WatchSettings { For = duration, Interval = TimeSpan.FromSeconds(0.3) },
            Connector = connector,
            Logins = [],
            Checks = checks,
            Names = new WatchedNames(["watched"]),
            Before = before,
        },
        output,
        TimeProvider.System);

    private static async Task FailAsync(Belay.Settings.DatabaseTarget target, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionSettings.From(target).ConnectionString) { ApplicationName = "web" };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql, Token));
    }

    private static async Task UntilAsync(Func<bool> isSo)
        => Assert.True(await new Polling(TimeProvider.System) { Patience = TimeSpan.FromSeconds(30) }.UntilAsync(isSo, Token));
}
