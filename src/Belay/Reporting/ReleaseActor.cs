namespace Belay.Reporting;

/// <summary>Who ran a release, and where.</summary>
/// <param name="User">The user's name; on a continuous integration service the one who started the run.</param>
/// <param name="RunUrl">The continuous integration run's address; null outside one.</param>
internal sealed record ReleaseActor(string User, string Host, string? RunUrl)
{
    /// <summary>Reads it from this machine and from the variables of GitHub, Azure Pipelines and GitLab.</summary>
    public static ReleaseActor From(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new ReleaseActor(
            Value("GITHUB_ACTOR") ?? Value("BUILD_REQUESTEDFOR") ?? Value("GITLAB_USER_LOGIN") ?? Environment.UserName,
            Environment.MachineName,
            OnGitHub() ?? OnAzure() ?? Value("CI_JOB_URL") ?? Value("CI_PIPELINE_URL"));

        string? Value(string name) => environment.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

        string? OnGitHub() => Value("GITHUB_RUN_ID") is { } run && Value("GITHUB_REPOSITORY") is { } repository
            ? $"{Value("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}/actions/runs/{run}"
            : null;

        string? OnAzure() => Value("BUILD_BUILDID") is { } build && Value("SYSTEM_COLLECTIONURI") is { } collection
            && Value("SYSTEM_TEAMPROJECT") is { } project
            ? $"{collection.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={build}"
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host}";
}
