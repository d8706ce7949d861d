namespace Belay.Printing;

/// <summary>The continuous integration service whose log this process writes.</summary>
internal enum PipelineService
{
    /// <summary>None: a terminal or a file.</summary>
    None,

    /// <summary>GitHub Actions.</summary>
    GitHub,

    /// <summary>Azure Pipelines.</summary>
    Azure,

    /// <summary>GitLab CI.</summary>
    GitLab,
}
