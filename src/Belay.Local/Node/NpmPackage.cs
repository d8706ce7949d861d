using System.Reflection;

namespace Belay.Local.Node;

/// <summary>A program from npm, pinned by a lock file that is a resource.</summary>
/// <param name="Name">What people call it; the resources are <c>Name/package.json</c> and <c>Name/package-lock.json</c>.</param>
/// <param name="Resources">The assembly with the resources.</param>
/// <param name="Purpose">What it is, for the message when npm is missing.</param>
/// <param name="Fault">Makes the exception of a message, a hint and a cause.</param>
public sealed record NpmPackage(string Name, Assembly Resources, string Purpose, Func<string, string, Exception?, BelayException> Fault)
{
    /// <summary>More resources that are written beside those two. The default is none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Told of an installation that begins, which takes minutes where the network is slow, and of its end. The default is
    /// nobody.</summary>
    public Action<string>? Told { get; init; }

    /// <summary>One of the package's files.</summary>
    internal byte[] Read(string file)
    {
        using var resource = Resources.GetManifestResourceStream($"{Name}/{file}")!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
