namespace Nuke.Common;

/// <summary>Where the build runs.</summary>
public abstract class Host
{
    /// <inheritdoc/>
    public override string ToString() => GetType().Name;
}
