using Belay.Tests.Support;

namespace Belay.Tests.House;

/// <summary>The files of the checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder with <c>Belay.slnx</c>.</summary>
    public static string Root => TestFolder.Checkout;

    /// <summary>The C# files below a folder that people wrote.</summary>
    public static IEnumerable<string> Files(string folder)
        => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Name(file).Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    /// <summary>A file's path inside the checkout, with slashes.</summary>
    public static string Name(string file) => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');
}
