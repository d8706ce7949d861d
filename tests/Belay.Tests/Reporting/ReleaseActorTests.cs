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

    [Fact]
    public void Names_the_one_who_started_the_run_of_Azure_Pipelines_and_of_GitLab_and_its_page()
    {
        var azure = ReleaseActor.From(new Dictionary<string, string>
        {
            ["BUILD_REQUESTEDFOR"] = "Ada Lovelace",
            ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/shop/",
            ["SYSTEM_TEAMPROJECT"] = "my project",
            ["BUILD_BUILDID"] = "42",
        });
        var lab = ReleaseActor.From(new Dictionary<string, string>
        {
            ["GITLAB_USER_LOGIN"] = "ada",
            ["CI_JOB_URL"] = "https://gitlab.com/shop/-/jobs/42",
        });

        Assert.Equal(
            ("Ada Lovelace", "https://dev.azure.com/shop/my%20project/_build/results?buildId=42"), (azure.User, azure.RunUrl));
        Assert.Equal(("ada", "https://gitlab.com/shop/-/jobs/42"), (lab.User, lab.RunUrl));
    }
}
