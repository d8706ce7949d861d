namespace Belay.Storage;

/// <summary>What a store's address does not say itself.</summary>
public sealed record StoreOptions
{
    /// <summary>The container for an Azure connection string, from <c>BACKUP_CONTAINER</c>.</summary>
    public string? Container { get; init; }

    /// <summary>The prefix, below the address's own, from <c>BACKUP_PREFIX</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>Reads a variable of the environment: those of AWS, which an <c>s3://</c> address needs. The default knows none.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;
}
