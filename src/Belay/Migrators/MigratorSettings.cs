namespace Belay.Migrators;

/// <summary>Another migration tool that runs in place of Belay's own runner.</summary>
internal sealed record MigratorSettings
{
    /// <summary>Its command, split into words: the program and its arguments.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The longest run. The default is 30 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long it may take to end after it was asked to. The default is 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The command as people read it.</summary>
    public string Command => string.Join(' ', Words.Select(word => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word));
}
