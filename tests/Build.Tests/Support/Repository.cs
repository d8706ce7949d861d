namespace Build.Tests.Support;

/// <summary>This repository's own checkout, found from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>build.sh</c>.</summary>
    public static string Root => TestFolder.Checkout;

    /// <summary>The bootstrap script.</summary>
    public static string BuildScript => Path.Combine(Root, "build.sh");

    /// <summary>The program <c>belay</c>, as it was compiled with the tests.</summary>
    public static string Tool
        => Path.Combine(
            Root, "src", "Belay.Tool", "bin", "Debug", "net10.0", OperatingSystem.IsWindows() ? "Belay.Tool.exe" : "Belay.Tool");
}
