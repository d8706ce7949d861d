namespace Build.Tests.Support;

/// <summary>This repository's own checkout, found from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>build.sh</c>.</summary>
    public static string Root => TestFolder.Checkout;

    /// <summary>The bootstrap script.</summary>
    public static string BuildScript => Path.Combine(Root, "build.sh");

    /// <summary>Whether this checkout was last compiled with the stand-in for NUKE. What an earlier compilation left in the output
    /// folders says nothing of it.</summary>
    public static bool IsOnStandIn
        => File.ReadAllText(Path.Combine(Root, ".nuke", "temp", "package-set.props"))
            .Contains("<UseStandIns>true<", StringComparison.Ordinal);

    /// <summary>The program <c>belay</c>, as it was compiled with the tests.</summary>
    public static string Tool
        => Path.Combine(
            Root, "src", "Belay.Tool", "bin", "Debug", "net10.0", OperatingSystem.IsWindows() ? "Belay.Tool.exe" : "Belay.Tool");
}
