using System.Text.Json;
using Belay.Reporting;
using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class LoginBeforeTests(ReleaseWorld world)
{
    private static readonly Dictionary<string, string?> NobodyThere = new() { ["SMOKE_URL"] = "http://127.0.0.1:9/login" };

    [Fact]
    public async Task A_release_whose_application_does_not_answer_is_refused_before_anything_is_touched()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(NobodyThere, "Migrate"))
            .MustExitWith(3)
            .MustPrint("Preflight refused: Login at http://127.0.0.1:9/login as \"")
            .MustPrint("which no migration mends")
            .MustPrint("./build.sh Migrate --skip SmokeTest releases without, and the record says that nobody logged in")
            .MustPrint(" is unchanged");
        Assert.Equal(0, await release.CountNewColumnsAsync());

        (await release.BuildAsync(NobodyThere, "Backup")).MustExitWith(0);
        (await release.BuildAsync(NobodyThere, "Migrate", "--skip", "SmokeTest")).MustExitWith(0);
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.True(Newest(release).NobodyLoggedIn);
    }

    [Fact]
    public async Task A_health_check_stands_in_the_place_of_the_login_and_its_status_is_what_was_asked_for()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var login = new Dictionary<string, string?> { ["SMOKE_USERNAME"] = null, ["SMOKE_PASSWORD"] = null };

        (await release.BuildAsync(login, "Migrate", "--smoke-mode", "health", "--smoke-status", "405"))
            .MustExitWith(0)
            .MustPrint("      Login before the migration: 405 as expected, ")
            .MustPrint("After:  405 as expected, ");
        Assert.False(Newest(release).NobodyLoggedIn);
    }

    private static ReleaseRecord Newest(ReleaseUnderTest release)
    {
        var files = Directory.GetFiles(Path.Combine(release.Root, "artifacts"), "release-*.json");
        var file = files.Order(StringComparer.Ordinal).Last();
        return JsonSerializer.Deserialize<ReleaseRecord>(File.ReadAllText(file), ReleaseJson.Options)!;
    }
}
