namespace Belay.IntegrationTests.Support;

/// <summary>Paths inside this checkout, found from where the tests were built.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Where tests put what they make; not in the checkout's history.</summary>
    public static string Temp => Path.Combine(Root, ".nuke", "temp");

    /// <summary>A new empty folder below <see cref="Temp"/> for one test.</summary>
    public static string NewFolder(string name)
        => Directory.CreateDirectory(Path.Combine(Temp, "tests", $"{name}-{Guid.NewGuid():N}")).FullName;

    private static string Find(string folder)
        => File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : Find(
                Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
                    ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}
