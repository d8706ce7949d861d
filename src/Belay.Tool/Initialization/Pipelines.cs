namespace Belay.Tool.Initialization;

/// <summary>The pipelines that can be written.</summary>
internal static class Pipelines
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["github", "azure", "gitlab"];

    /// <summary>A pipeline's files, by their path from the root, each with the name of its template.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static IReadOnlyList<(string Path, string Template, string What)> FilesOf(string name) => name switch
    {
        "github" =>
        [
            (".github/workflows/release-database.yml", "github-release.yml", "looks, waits for the environment's approval, then releases"),
            (".github/workflows/cleanup-backups.yml", "github-cleanup.yml", "deletes backups older than 7 days, every night"),
        ],
        "azure" => [
            (
                "azure-pipelines.release-database.yml",
                "azure.yml",
                "looks, waits for the environment's approval, then releases; deletes old backups every night"),
        ],
        _ => [
            (
                ".gitlab/release-database.yml",
                "gitlab.yml",
                "looks, waits for a person, then releases; deletes old backups in a schedule: include it in .gitlab-ci.yml"),
        ],
    };
}
