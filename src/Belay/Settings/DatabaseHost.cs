namespace Belay.Settings;

/// <summary>One server address of a target database.</summary>
/// <param name="Name">A host name, an IP address without brackets, or a socket folder.</param>
/// <param name="Port">The TCP port, or the number in the socket's name.</param>
public sealed record DatabaseHost(string Name, int Port)
{
    /// <inheritdoc/>
    public override string ToString() => Name.Contains(':', StringComparison.Ordinal) ? $"[{Name}]:{Port}" : $"{Name}:{Port}";
}
