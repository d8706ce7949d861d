namespace Belay.Tool;

/// <summary>How this program was typed.</summary>
internal static class ToolName
{
    private const string Command = "belay";
    private const string CommandLine = "/proc/self/cmdline";

    /// <summary><c>dotnet belay</c>, <c>belay</c>, or the path that was typed.</summary>
    public static string Typed { get; } = Of(Environment.ProcessPath, FirstWord());

    /// <summary>How it was typed.</summary>
    /// <param name="program">The running program's path: the .NET host for a tool of a manifest.</param>
    /// <param name="firstWord">The first word of the command line as the system has it; null where it does not tell.</param>
    internal static string Of(string? program, string? firstWord)
        => Path.GetFileNameWithoutExtension(program) == "dotnet" ? $"dotnet {Command}"
            : Path.GetFileNameWithoutExtension(firstWord) == Command ? firstWord!
            : Command;

    private static string? FirstWord() => File.Exists(CommandLine) ? File.ReadAllText(CommandLine).Split('\0')[0] : null;
}
