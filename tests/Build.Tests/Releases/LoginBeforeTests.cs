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

    [Fact]
    public async Task Several_smoke_tests_run_in_their_order_and_each_stands_on_the_record()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var login = release.Environment["SMOKE_URL"];
        await File.WriteAllTextAsync(
            Path.Combine(release.Root, "smoke.json"),
            $$"""
            [
              { "name": "once more", "url": "{{login}}", "body": { "username": "{username}", "password": "{password}" } },
              { "name": "health", "url": "{{login}}", "mode": "health", "status": 405 },
            ]
            """,
            Token);

        (await release.BuildAsync("Migrate", "--smoke-file", "smoke.json"))
            .MustExitWith(0)
            .MustPrint("      once more before the migration: 500 column user.clear_previous_anomalies does not exist, ")
            .MustPrint("Login Test: once more")
            .MustPrint("// 3 logins: 500 column user.clear_previous_anomalies does not exist → 200 with a valid token; ");

        var record = Newest(release).Login!;
        Assert.Equal(["once more", "health"], record.Further.Select(one => one.Name!));
        Assert.True(record.AllPassed);
        Assert.StartsWith("405 as expected, ", record.Further[1].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_smoke_tests_that_cannot_pass_stops_the_release_before_anything_is_touched()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(
            Path.Combine(release.Root, "smoke.json"),
            """[{ "name": "admin", "url": "http://127.0.0.1:9/admin", "mode": "health" }]""",
            Token);

        (await release.BuildAsync("Migrate", "--smoke-file", "smoke.json"))
            .MustExitWith(3)
            .MustPrint("Preflight refused: Health check \"admin\" at http://127.0.0.1:9/admin: no answer")
            .MustPrint("admin: before no answer");
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    private static ReleaseRecord Newest(ReleaseUnderTest release)
        => JsonSerializer.Deserialize<ReleaseRecord>(File.ReadAllText(release.Records[^1]), ReleaseJson.Options)!;
}
