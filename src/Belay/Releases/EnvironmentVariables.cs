using System.Collections;

namespace Belay.Releases;

/// <summary>The process's environment as data.</summary>
public static class EnvironmentVariables
{
    /// <summary>All variables.</summary>
    public static IReadOnlyDictionary<string, string> Read()
        => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
}
