using Belay.Reporting.Facts;
using Belay.Tests.House;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Facts;

public sealed class SourceReaderTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("GITHUB_SHA=c0ffee GITHUB_REF=refs/tags/v1.2.0", "c0ffee", "v1.2.0")]
    [InlineData("GITHUB_SHA=c0ffee GITHUB_REF=refs/heads/main", "c0ffee", null)]
    [InlineData("BUILD_SOURCEVERSION=c0ffee BUILD_SOURCEBRANCH=refs/tags/v1.2.0", "c0ffee", "v1.2.0")]
    [InlineData("CI_COMMIT_SHA=c0ffee CI_COMMIT_TAG=v1.2.0", "c0ffee", "v1.2.0")]
    public async Task A_service_names_commit_and_tag(string variables, string commit, string? tag)
    {
        var environment = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(
            new ReleaseSource(commit, tag, null), await SourceReader.ReadAsync(Checkout.Root, environment, TimeProvider.System, Token));
    }

    [Fact]
    public async Task Git_names_the_commit_elsewhere()
    {
        var source = await SourceReader.ReadAsync(Checkout.Root, Nothing, TimeProvider.System, Token);

        Assert.Matches("^[0-9a-f]{40}$", source!.Commit);
        Assert.NotNull(source.IsChanged);
    }

    [Fact]
    public async Task Nothing_is_claimed_where_git_does_not_answer_in_time()
        => Assert.Null(await SourceReader.ReadAsync(Checkout.Root, Nothing, TimeProvider.System, new CancellationToken(canceled: true)));

    [Fact]
    public async Task Nothing_is_claimed_outside_a_repository()
    {
        var folder = TestFolder.NewOutside("no-repository");

        Assert.Null(await SourceReader.ReadAsync(folder, Nothing, TimeProvider.System, Token));

        Directory.Delete(folder);
    }
}
