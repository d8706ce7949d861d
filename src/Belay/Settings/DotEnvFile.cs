using System.Text.RegularExpressions;
using dotenv.net;

namespace Belay.Settings;

/// <summary>Reads a <c>.env</c> file: <c>NAME=value</c> lines with optional <c>export</c>, quotes and comments.
/// <c>$</c> stays as it is.</summary>
internal static partial class DotEnvFile
{
    /// <summary>Sets the file's variables in this process, except those that are set already.</summary>
    /// <param name="path">The file; nothing happens when there is none.</param>
    /// <returns>The names set, in the file's order.</returns>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Load(string path)
    {
        var fresh = Read(path).Where(variable => Environment.GetEnvironmentVariable(variable.Key) is null).ToList();
        fresh.ForEach(variable => Environment.SetEnvironmentVariable(variable.Key, variable.Value));
        return [.. fresh.Select(variable => variable.Key)];
    }

    /// <summary>The file's variables; empty when there is no file.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>();
        }

        try
        {
            DemandLines(path);
            return DotEnv.Fluent().WithExceptions().WithEnvFiles(path).WithTrimValues().WithSupportExportSyntax()
                .WithSupportInlineComments().WithoutSupportVariableExpansion().Read().AsReadOnly();
        }
        catch (Exception exception)
            when (exception is IOException
                or UnauthorizedAccessException
                or ArgumentException
                or InvalidOperationException
                or FormatException)
        {
            // The reader's own message may repeat the line, and with it a password.
            throw new SettingsException(
                $"{path} cannot be read ({exception.GetType().Name})",
                "write one NAME=\"value\" per line, and make the file readable by you");
        }
    }

    /// <summary>A line that sets nothing is a name or a value that somebody takes for set. The line
    /// itself may hold a password and is not shown.</summary>
    private static void DemandLines(string path)
    {
        var lines = File.ReadAllLines(path);
        var faults = Enumerable.Range(0, lines.Length)
            .Where(index => !Line().IsMatch(lines[index]))
            .Select(index => $"{path}:{index + 1} is no NAME=value")
            .ToArray();
        if (faults.Length > 0)
        {
            throw new SettingsException(faults, "write one NAME=\"value\" per line, or begin the line with # if it is a comment");
        }
    }

    [GeneratedRegex(@"^\s*(#.*|(export\s+)?[A-Za-z_][A-Za-z0-9_.-]*\s*=.*)?$")]
    private static partial Regex Line();
}
