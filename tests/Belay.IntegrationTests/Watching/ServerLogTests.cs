using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;
using Belay.Watching.Logs;
using Npgsql;

namespace Belay.IntegrationTests.Watching;

public sealed class ServerLogTests
{
    [Theory]
    [InlineData("csvlog")]
    [InlineData("jsonlog")]
    [InlineData("stderr")]
    public async Task Reads_new_errors_of_each_form_also_over_the_change_of_a_file(string form)
    {
        await using var server = await StartAsync(new() { ["logging_collector"] = "on", ["log_destination"] = form });
        Assert.SkipWhen(form == "jsonlog" && server.Tools.Major < 15, "The server has no jsonlog.");
        var target = server.Target("postgres");
        await FailAsync(target, "SELECT before_watching FROM pg_class");
        await using var connection = await new DatabaseConnector(target).OpenAsync("test", Token);
        var log = await ServerLog.OpenAsync(connection, Token);

        await FailAsync(target, "SELECT \"first→missing\",\n'x' FROM pg_class");
        var first = await UntilAsync(log, connection);
        await connection.ExecuteAsync("SELECT pg_rotate_logfile()", Token);
        await FailAsync(target, "SELECT second_missing FROM pg_class");
        var second = await UntilAsync(log, connection);

        Assert.StartsWith("column \"first→missing\" does not exist", Assert.Single(first).Message, StringComparison.Ordinal);
        Assert.StartsWith("column \"second_missing\" does not exist", Assert.Single(second).Message, StringComparison.Ordinal);
        Assert.Equal(form == "stderr" ? null : "42703", first[0].SqlState);
        Assert.Equal(form == "stderr" ? null : "SELECT \"first→missing\",\n'x' FROM pg_class", first[0].Statement);
        Assert.Equal(form == "stderr", log.IsPlain);
        Assert.Equal(0, log.Skipped);
    }

    [Fact]
    public async Task Says_why_nobody_can_read_it_and_which_rights_are_enough()
    {
        await using var silent = await StartAsync(new() { ["logging_collector"] = "off" });
        await using (var connection = await new DatabaseConnector(silent.Target("postgres")).OpenAsync("test", Token))
        {
            var off = await Assert.ThrowsAsync<LogUnreadableException>(() => ServerLog.OpenAsync(connection, Token));
            Assert.Equal(
                "the server writes no log files of its own (logging_collector is off, or log_destination names none)", off.Message);
        }

        await using var server = await StartAsync(new() { ["logging_collector"] = "on", ["log_destination"] = "csvlog" });
        var target = server.Target("postgres");
        await target.ExecuteAsync("CREATE ROLE slt_reader LOGIN PASSWORD 'word-of-slt-reader'", Token);
        var readers = target with { Username = "slt_reader", Password = new Secret("word-of-slt-reader") };
        await using (var reader = await new DatabaseConnector(readers).OpenAsync("test", Token))
        {
            var refused = await Assert.ThrowsAsync<LogUnreadableException>(() => ServerLog.OpenAsync(reader, Token));
            Assert.Equal(
                "permission denied for function pg_current_logfile; a superuser can allow it: docs/monitoring.md says how",
                refused.Message);

            await target.ExecuteAsync(
                "GRANT pg_monitor TO slt_reader; GRANT EXECUTE ON FUNCTION pg_current_logfile(text) TO slt_reader; "
                    + "GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO slt_reader",
                Token);
            _ = await (await ServerLog.OpenAsync(reader, Token)).ReadAsync(reader, Token);
        }

        await target.ExecuteAsync("ALTER SYSTEM SET log_destination = 'stderr'; SELECT pg_reload_conf()", Token);
    }

    private static async Task<PostgresServer> StartAsync(Dictionary<string, string> settings)
        => await PostgresServer.StartAsync(
            new()
            {
                Tools = await PostgresFixture.FindToolsAsync(Token),
                Folder = TestFolder.New("log"),
                Durable = false,
                Settings = settings,
            },
            Token);

    private static async Task FailAsync(Belay.Settings.DatabaseTarget target, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionSettings.From(target).ConnectionString) { ApplicationName = "web" };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql, Token));
    }

    /// <summary>The collector is a process of its own, which writes a little later.</summary>
    private static async Task<IReadOnlyList<LogEntry>> UntilAsync(ServerLog log, NpgsqlConnection connection)
    {
        IReadOnlyList<LogEntry> found = [];
        Assert.True(await new Polling(TimeProvider.System) { Patience = TimeSpan.FromSeconds(30) }.UntilAsync(
            async () => (found = await log.ReadAsync(connection, Token)).Count > 0, Token));
        return found;
    }
}
