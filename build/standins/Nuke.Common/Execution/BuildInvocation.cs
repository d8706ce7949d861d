using System.Collections;

namespace Nuke.Common.Execution;

/// <summary>Everything from outside that decides a run.</summary>
internal sealed record BuildInvocation
{
    /// <summary>The words of the command line, without the program.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Measures durations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>This process's own.</summary>
    public static BuildInvocation FromProcess() => new()
    {
        Arguments = System.Environment.GetCommandLineArgs()[1..],
        Environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty),
    };
}
