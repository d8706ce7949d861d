using System.Text.Json.Nodes;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.IntegrationTests.Local;

[Long]
public sealed class LocalEnvironmentTests : IAsyncLifetime
{
    private readonly TestOutput output = new();
    private readonly string root = TestFolder.New("local");

    private LocalOptions Options => new() { RootFolder = root, Output = output, Patience = TimeSpan.Zero };

    private string StateFile => Path.Combine(root, ".nuke", "temp", "local", "state.json");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await LocalEnvironment.ResetAsync(Options, CancellationToken.None);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Starts_all_parts_for_a_run_and_stops_them_while_the_data_stays()
    {
        LocalSettings first;
        await using (var local = await LocalEnvironment.StartAsync(Options, Token))
        {
            first = local.Settings;
            Assert.Equal(15L, await first.Database.ScalarAsync("SELECT count(*) FROM \"user\"", Token));
            Assert.Equal("belay_owner", first.Database.Username);
            var attempt = await new LoginSmokeTest(first.Smoke, TimeProvider.System).TryOnceAsync(Token);
            Assert.Equal(500, attempt.StatusCode);
            await first.Database.ScalarAsync("CREATE TABLE kept AS SELECT 1 AS one", Token);
        }

        await AssertGoneAsync(first);
        await using var second = await LocalEnvironment.StartAsync(Options, Token);
        Assert.Equal(1, await second.Settings.Database.ScalarAsync("SELECT one FROM kept", Token));
        Assert.Equal(first.Database.DisplayName, second.Settings.Database.DisplayName);
    }

    [Fact]
    public async Task Uses_the_parts_of_LocalUp_and_leaves_them_running_until_LocalDown()
    {
        await LocalEnvironment.UpAsync(Options, Token);
        LocalSettings settings;
        await using (var local = await LocalEnvironment.StartAsync(Options, Token))
        {
            settings = local.Settings;
        }

        Assert.Equal(15L, await settings.Database.ScalarAsync("SELECT count(*) FROM \"user\"", Token));
        Assert.DoesNotContain(settings.Database.Password!.Reveal(), output.Text, StringComparison.Ordinal);
        await LocalEnvironment.DownAsync(Options, Token);
        await AssertGoneAsync(settings);
        await LocalEnvironment.DownAsync(Options, Token);
        Assert.True(File.Exists(StateFile));
    }

    [Fact]
    public async Task Refuses_a_second_run_at_the_same_time()
    {
        await using var local = await LocalEnvironment.StartAsync(Options, Token);
        var refusal = await Assert.ThrowsAsync<LocalException>(
            () => LocalEnvironment.StartAsync(Options, Token));
        Assert.Equal($"Another run holds {Path.Combine(root, ".nuke", "temp", "local.lock")}; waited 0.0 s for it.", refusal.Message);
    }

    [Fact]
    public async Task Stops_what_a_killed_run_left_even_when_it_could_not_write_it_down()
    {
        await LocalEnvironment.UpAsync(Options, Token);
        var state = JsonNode.Parse(await File.ReadAllTextAsync(StateFile, Token))!;
        var login = state["LoginApi"]!["Process"]!["Id"]!.GetValue<int>();
        var azurite = state["Azurite"]!["Process"]!["Id"]!.GetValue<int>();
        state["IsKept"] = false;
        state["LoginApi"] = null;
        await File.WriteAllTextAsync(StateFile, state.ToJsonString(), Token);
        await using var local = await LocalEnvironment.StartAsync(Options, Token);
        Assert.Null(ProcessIdentity.Of(login));
        Assert.Null(ProcessIdentity.Of(azurite));
        Assert.Equal(15L, await local.Settings.Database.ScalarAsync("SELECT count(*) FROM \"user\"", Token));
    }

    [Fact]
    public async Task A_damaged_state_is_refused_and_LocalReset_still_stops_and_removes_everything()
    {
        await LocalEnvironment.UpAsync(Options, Token);
        var state = JsonNode.Parse(await File.ReadAllTextAsync(StateFile, Token))!;
        var processes = new[] { "LoginApi", "Azurite" }.Select(part => state[part]!["Process"]!["Id"]!.GetValue<int>()).ToList();
        await File.WriteAllTextAsync(StateFile, "{ \"Format\": 1,", Token);
        var refusal = await Assert.ThrowsAsync<LocalException>(() => LocalEnvironment.StartAsync(Options, Token));
        Assert.Equal($"The local profile's state file {StateFile} is damaged.", refusal.Message);
        Assert.Equal("./build.sh LocalReset stops the parts and removes all their data", refusal.Hint);
        await LocalEnvironment.ResetAsync(Options, Token);
        Assert.All(processes, process => Assert.Null(ProcessIdentity.Of(process)));
        Assert.False(Directory.Exists(Path.GetDirectoryName(StateFile)));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing_running()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cancelling = new CancelAfterDatabase(cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => LocalEnvironment.StartAsync(Options with { Output = cancelling }, cancelled.Token));
        Assert.True(cancelled.IsCancellationRequested);
        var tools = await PostgresFixture.FindToolsAsync(Token);
        Assert.Null(PostgresServer.Attach(new() { Tools = tools, Folder = Path.Combine(root, ".nuke", "temp", "local", "postgres") }));
    }

    private static async Task AssertGoneAsync(LocalSettings settings)
    {
        await Assert.ThrowsAsync<DatabaseUnreachableException>(
            () => new DatabaseConnector(settings.Database).OpenAsync("test", Token));
        Assert.True(FreePort.IsFree(settings.Smoke.Url.Port));
    }

    private sealed class CancelAfterDatabase(CancellationTokenSource source) : IReleaseOutput
    {
        public void Line(string text)
        {
            if (text.StartsWith("Local PostgreSQL", StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }

        public void Warn(string text) => Line(text);

        public void Progress(string text) => Line(text);
    }
}
