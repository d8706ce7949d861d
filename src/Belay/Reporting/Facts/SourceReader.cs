using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Reporting.Facts;

/// <summary>Finds out from which commit a release is made: a service says so in variables, elsewhere git is asked.</summary>
internal static class SourceReader
{
    private const string TagReference = "refs/tags/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The source; null where nobody says it.</summary>
    /// <param name="folder">A folder of the repository.</param>
    public static async Task<ReleaseSource?> ReadAsync(
        string folder, IReadOnlyDictionary<string, string> environment, TimeProvider timeProvider, CancellationToken cancellationToken)
        => OfService(environment) ?? await OfGitAsync(folder, timeProvider, cancellationToken);

    /// <summary>What GitHub, Azure Pipelines or GitLab say.</summary>
    internal static ReleaseSource? OfService(IReadOnlyDictionary<string, string> environment)
    {
        var commit = Value("GITHUB_SHA") ?? Value("BUILD_SOURCEVERSION") ?? Value("CI_COMMIT_SHA");
        var reference = Value("GITHUB_REF") ?? Value("BUILD_SOURCEBRANCH");
        var tag = Value("CI_COMMIT_TAG")
            ?? (reference?.StartsWith(TagReference, StringComparison.Ordinal) == true ? reference[TagReference.Length..] : null);
        return commit is null ? null : new ReleaseSource(commit, tag, null);

        string? Value(string name) => environment.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;
    }

    private static async Task<ReleaseSource?> OfGitAsync(string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        if (await AskAsync(folder, ["rev-parse", "HEAD"], linked.Token) is not { Length: > 0 } commit)
        {
            return null;
        }

        var tags = await AskAsync(folder, ["tag", "--points-at", "HEAD"], linked.Token);
        var changes = await AskAsync(folder, ["status", "--porcelain", "--untracked-files=no"], linked.Token);
        return new ReleaseSource(
            commit, tags?.Split('\n')[0] is { Length: > 0 } tag ? tag : null, changes is null ? null : changes.Length > 0);
    }

    /// <summary>What git prints; null when it fails, as outside a repository, when it is not there, and when it takes too long, as a look
    /// at the files of a large repository may.</summary>
    private static async Task<string?> AskAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ChildEnvironment.Program("git").WithWorkingDirectory(folder)
                .WithArguments(["--no-optional-locks", .. arguments])
                .ExecuteBufferedAsync(cancellationToken);
            return result.IsSuccess ? result.StandardOutput.Trim() : null;
        }
        catch (Exception fault) when (fault is OperationCanceledException or System.ComponentModel.Win32Exception or IOException)
        {
            return null;
        }
    }
}
