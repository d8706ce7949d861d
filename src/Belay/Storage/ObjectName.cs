namespace Belay.Storage;

/// <summary>What may be the name of an object in every kind of store.</summary>
internal static class ObjectName
{
    /// <summary>Azure's limit, in characters.</summary>
    private const int Longest = 1024;

    /// <summary>Returns the name if every store can keep it.</summary>
    /// <param name="name">Segments separated by forward slashes.</param>
    /// <exception cref="StoreException">The name is empty, too long, or has an empty, hidden or parent
    /// segment or a control character.</exception>
    public static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fault = name.Length is 0 or > Longest ? $"it has {name.Length} characters; allowed are 1 to {Longest}"
            : name.AsSpan().IndexOfAny('\\', '\0') >= 0 || name.Any(char.IsControl) ? "it has a backslash or a control character"
            : name.Split('/').Any(segment => segment.Length == 0 || segment[0] == '.') ? "a segment is empty or begins with a dot"
            : null;
        return fault is null ? name : throw new StoreException($"'{name}' cannot be the name of a stored object: {fault}.");
    }

    /// <summary>The name with the location's prefix before it.</summary>
    /// <param name="prefix">The prefix without slashes at its ends; empty for none.</param>
    /// <param name="name">The name, or the beginning of one.</param>
    public static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}/{name}";
}
