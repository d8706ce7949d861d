using System.Collections;

/// <summary>Takes the variables away that steer the engine, until it has started.</summary>
/// <remarks>
/// NUKE obeys any variable whose letters and digits are the name of one of its options, with or without NUKE before it,
/// in any case: TARGET replaces what is typed, ROOT moves the root, an empty SKIP leaves every dependency out. Shells and tools set such
/// names for reasons of their own. Where TERM is a terminal that knows colours it prints them into a file or a pipe, too.
/// </remarks>
static class EngineVariables
{
    private const string Skip = "SKIP";
    private const string Prefix = "NUKE";
    private const string Terminal = "TERM";

    private static readonly string[] Names =
    [
        "TARGET", Skip, "CONTINUE", "ROOT", "HOST", "PROFILE", "VERBOSITY", "PLAN", "HELP", "NOLOGO", "PARTITION",
        "SHELLCOMPLETION", "VISUALSTUDIODEBUG", "GENERATECONFIGURATION", "INTERNALINTERCEPTOR",
    ];

    private static readonly Dictionary<string, string> Withheld = [];
    private static bool isWithholding;

    /// <summary>Takes them away. The engine's statics read them when they are first touched, so this comes before.</summary>
    /// <param name="skipped">The checked targets to leave out, where the environment names them; null where it does not.</param>
    public static void Withhold(IReadOnlyList<string>? skipped)
    {
        isWithholding = true;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (Steers((string)variable.Key) || ColoursAFile((string)variable.Key))
            {
                Withheld[(string)variable.Key] = (string?)variable.Value ?? "";
                Environment.SetEnvironmentVariable((string)variable.Key, null);
            }
        }

        Environment.SetEnvironmentVariable(Skip, skipped is { Count: > 0 } ? string.Join('+', skipped) : null);
        Environment.SetEnvironmentVariable("NUKE_TELEMETRY_OPTOUT", "1");
    }

    /// <summary>Gives them back, for the programs that a stage starts: HOST or PROFILE may mean something to a migrator.</summary>
    public static void GiveBack()
    {
        if (!isWithholding)
        {
            return;
        }

        isWithholding = false;
        Environment.SetEnvironmentVariable(Skip, null);
        foreach (var (name, value) in Withheld)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Whether a variable steers the engine.</summary>
    private static bool Steers(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return Names.Contains(letters)
            || (letters.StartsWith(Prefix, StringComparison.Ordinal) && Names.Contains(letters[Prefix.Length..]));
    }

    /// <summary>Whether a variable has the engine print colours where nobody sees them.</summary>
    private static bool ColoursAFile(string name) => name == Terminal && Console.IsOutputRedirected;
}
