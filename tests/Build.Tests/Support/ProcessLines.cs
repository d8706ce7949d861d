namespace Build.Tests.Support;

/// <summary>The command lines of this machine's processes.</summary>
internal static class ProcessLines
{
    /// <summary>Those that have a text in them.</summary>
    public static IReadOnlyList<string> Of(string text)
        => [.. Directory.EnumerateDirectories("/proc").Select(CommandLine).Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string processFolder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(processFolder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
