namespace Belay.Postgres;

/// <summary>Paths without symbolic links, as the operating system sees them.</summary>
public static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path with every link in it followed; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links form a circle.</exception>
    public static string Of(string path) => Follow(Path.GetFullPath(path), MostLinks);

    private static string Follow(string path, int linksLeft)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(Follow(parent, linksLeft), Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return linksLeft > 0
            ? Follow(Path.GetFullPath(target, Path.GetDirectoryName(here)!), linksLeft - 1)
            : throw new IOException($"Too many symbolic links at {here}.");
    }
}
