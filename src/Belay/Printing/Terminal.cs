namespace Belay.Printing;

/// <summary>What the terminal behind standard output can do.</summary>
internal static class Terminal
{
    /// <summary>Whether a line can take the place of the last one: on a terminal that moves its cursor, and on no service.</summary>
    public static bool IsUpdatedInPlace
        => !Console.IsOutputRedirected && !GuardedConsole.IsKeptForResult && MovesCursor(Environment.GetEnvironmentVariable);

    /// <summary>Whether a terminal shows colours: <c>NO_COLOR</c> with any value takes them away, as its convention has it.</summary>
    public static bool HasColour(Func<string, string?> variable)
        => string.IsNullOrEmpty(variable("NO_COLOR")) && MovesCursor(variable);

    /// <summary>The text, cut where the terminal's line ends: a longer one could not be taken away again.</summary>
    public static string Fit(string text)
        => Console.WindowWidth - 1 is var width && width > 0 && text.Length > width ? text[..width] : text;

    private static bool MovesCursor(Func<string, string?> variable)
        => OperatingSystem.IsWindows() || variable("TERM") is { Length: > 0 } and not "dumb";
}
