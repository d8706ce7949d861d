namespace Belay.Local;

/// <summary>The environment variables that point at real systems. The local profile never reads them: a demonstration must not migrate production.</summary>
public static class LocalVariables
{
    private static readonly string[] Names =
    [
        "DATABASE_URL", "BACKUP_STORE", "AZURE_STORAGE_CONNECTION_STRING", "BACKUP_CONTAINER", "BACKUP_PREFIX", "BACKUP_KEY", "BACKUP_KEY_FILE", "RECORD_KEY", "RECORD_KEY_FILE",
        "SMOKE_URL", "SMOKE_USERNAME", "SMOKE_PASSWORD",
    ];

    /// <summary>Those that are set, and so are ignored.</summary>
    /// <param name="environment">The environment, with what <c>.env</c> adds.</param>
    public static IReadOnlyList<string> Ignored(IReadOnlyDictionary<string, string> environment)
        => [.. Names.Where(name => environment.TryGetValue(name, out var value) && value.Length > 0)];
}
