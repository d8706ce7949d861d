namespace Belay.Reporting;

/// <summary>Who ran a release, and where.</summary>
/// <param name="User">The user's name; on GitHub the one who started the workflow.</param>
/// <param name="RunUrl">The continuous integration run's address; null outside one.</param>
internal sealed record ReleaseActor(string User, string Host, string? RunUrl)
{
    /// <summary>Reads it from this machine and from GitHub's variables.</summary>
    public static ReleaseActor From(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var onGitHub = environment.TryGetValue(
            "GITHUB_RUN_ID", out var run) & environment.TryGetValue("GITHUB_REPOSITORY", out var repository);
        var server = environment.GetValueOrDefault("GITHUB_SERVER_URL", "https://github.com");
        return new ReleaseActor(
            environment.GetValueOrDefault("GITHUB_ACTOR", Environment.UserName),
            Environment.MachineName,
            onGitHub ? $"{server}/{repository}/actions/runs/{run}" : null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host}";
}
