namespace Build.Tests.Support;

/// <summary>A command line as a user types it.</summary>
internal sealed record BuildCommand
{
    /// <summary>The script to start; this repository's own by default.</summary>
    public string Script { get; init; } = Repository.BuildScript;

    /// <summary>Targets and parameters.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder to start it in; the engine takes the nearest parent with <c>.nuke</c> as root.</summary>
    public required string Folder { get; init; }

    /// <summary>Variables to set, or to unset where the value is null.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}
