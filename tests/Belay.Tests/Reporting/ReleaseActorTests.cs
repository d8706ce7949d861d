using Belay.Reporting;

namespace Belay.Tests.Reporting;

public sealed class ReleaseActorTests
{
    [Fact]
    public void Names_user_and_machine()
        => Assert.Equal(
            $"{Environment.UserName}@{Environment.MachineName}", ReleaseActor.From(new Dictionary<string, string>()).ToString());

    [Fact]
    public void Names_the_one_who_started_the_workflow_and_its_run()
    {
        var actor = ReleaseActor.From(new Dictionary<string, string>
        {
            ["GITHUB_ACTOR"] = "ada",
            ["GITHUB_SERVER_URL"] = "https://git.example.com",
            ["GITHUB_REPOSITORY"] = "shop/api",
            ["GITHUB_RUN_ID"] = "42",
        });

        Assert.Equal(("ada", "https://git.example.com/shop/api/actions/runs/42"), (actor.User, actor.RunUrl));
    }
}
