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

    /// <summary>Every line of C# that people wrote, without its indentation.</summary>
    public static IEnumerable<SourceLine> Lines
        => from folder in Folders
           from file in Files(folder)
           from line in File.ReadLines(file).Index()
           select new SourceLine(Name(file), line.Index + 1, line.Item.Trim()) { Length = line.Item.Length };

    /// <summary>Fails with every line that should not be there.</summary>
    public static void AssertNone(Func<SourceLine, bool> isWrong)
    {
        var wrong = Lines.Where(isWrong).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The folders of the checkout that hold C#.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["bench", "build", "samples", "src", "tests"];

    /// <summary>A file's path inside the checkout, with slashes.</summary>
    public static string Name(string file) => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');
}
