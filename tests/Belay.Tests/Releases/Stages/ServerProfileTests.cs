using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;
using Belay.Storage.Folder;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Releases.Stages;

public sealed class ServerProfileTests : IAsyncDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-profile-");
    private readonly TestOutput output = new();
    private readonly Servers servers = new();

    public async ValueTask DisposeAsync()
    {
        root.Delete(recursive: true);
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task A_profile_s_servers_stand_in_the_place_of_those_that_are_named_and_that_is_told()
    {
        using var errors = new StringWriter();
        ReleaseSettings? seen = null;
        var stage = new ReleaseStage((run, _) => Task.FromResult($"{seen = run.Settings}"))
        {
            Name = "Status", Description = "A stage of this test", Needs = SettingParts.Database | SettingParts.Store | SettingParts.Smoke,
        };
        var session = new ReleaseSession(new ReleaseHost
        {
            Input = new SettingsInput
            {
                RootFolder = root.FullName,
                Environment = new Dictionary<string, string> { ["DATABASE_URL"] = "postgresql://owner@production/shop" },
                Given = new Dictionary<string, string>
                {
                    ["database-url"] = "postgresql://owner@production/shop",
                    ["smoke-url"] = "https://production",
                },
            },
            Output = output,
            Errors = errors,
            TimeProvider = new FakeTimeProvider(),
            Profile = servers,
        });

        var outcome = await session.RunAsync(
            stage, ReleasePlan.Of(["Status"], ["Status"], isDryRun: false), Token);
        Assert.Equal("", errors.ToString());
        Assert.Null(outcome.Failure);

        Assert.Equal("Ignored with --profile tests: DATABASE_URL, --smoke-url", output.Lines[0]);
        Assert.Equal("demo:5432/app", seen!.Database!.DisplayName);
        Assert.Equal("https://demo/login", seen.Smoke!.Url.AbsoluteUri);
        Assert.True(seen.Rehearsal.BeforeMigrate);
        Assert.False(servers.IsStopped);
        Assert.Equal(ExitCodes.Done, await session.EndAsync(ExitCodes.Done));
        Assert.True(servers.IsStopped);
    }

    private sealed class Servers : IServerProfile, IAsyncDisposable
    {
        public string Name => "tests";

        public bool Rehearses => true;

        public bool IsStopped { get; private set; }

        public IReadOnlyList<Parameter> Replaces { get; } =
        [
            Belay.Preflight.PreflightParameters.DatabaseUrl, StoreParameters.BackupStore, SmokeParameters.SmokeUrl,
        ];

        public Task<ProvidedServers> StartAsync(IReleaseOutput output, CancellationToken cancellationToken)
            => Task.FromResult(new ProvidedServers
            {
                Database = DatabaseUrl.Parse("postgresql://owner@demo/app"),
                Store = new FolderStoreLocation { Folder = Path.GetTempPath() },
                Smoke = new SmokeSettings
                {
                    Url = new Uri("https://demo/login"),
                    Username = "ann",
                    Password = new Secret("a-password-of-this-test"),
                },
                Lifetime = this,
            });

        public ValueTask DisposeAsync()
        {
            IsStopped = true;
            return ValueTask.CompletedTask;
        }
    }
}
