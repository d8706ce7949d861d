namespace Belay.Sql;

/// <summary>Which psql commands a migration may contain: those that change nothing but psql's own behaviour.</summary>
internal static class PsqlCommand
{
    private static readonly HashSet<string> Harmless =
    [
        @"\echo", @"\qecho", @"\warn", @"\timing", @"\pset", @"\x", @"\a", @"\t", @"\H", @"\f", @"\C", @"\T",
        @"\restrict", @"\unrestrict", @"\errverbose", @"\conninfo", @"\p", @"\unset",
    ];

    private static readonly HashSet<string> HarmlessVariables =
    [
        "ON_ERROR_STOP",
        "QUIET",
        "ECHO",
        "ECHO_HIDDEN",
        "VERBOSITY",
        "SHOW_CONTEXT",
        "HISTFILE",
        "HISTCONTROL",
        "PROMPT1",
        "PROMPT2",
        "PROMPT3",
    ];

    /// <summary>Why the command is refused; null when it may stand in a migration.</summary>
    public static string? RefusalOf(string command)
    {
        var words = command.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == @"\copy")
        {
            // psql gives this command its whole line, backslashes, quotes and all.
            return $@"\copy {ReasonAgainst(words[0])}";
        }

        if (command.Contains('`', StringComparison.Ordinal))
        {
            return $"{words[0]} with backquotes runs a program on the machine that migrates";
        }

        if (command.IndexOf('\\', 1) >= 0)
        {
            return $"several psql commands stand in one line: {ShortText.Cut(command, 100)}";
        }

        return words[0] switch
        {
            @"\set" => SetRefusal(words),
            @"\encoding" => words is [_, var encoding] && encoding.Trim('\'').ToUpperInvariant() is "UTF8" or "UTF-8"
                ? null
                : @"\encoding other than UTF8 cannot be honoured",
            var name when Harmless.Contains(name) => null,
            var name => $"{name} {ReasonAgainst(name)}",
        };
    }

    private static string? SetRefusal(string[] words) => words.Length < 2 || HarmlessVariables.Contains(words[1])
        ? null
        : $@"\set {words[1]} defines a psql variable, and variables are not replaced here";

    private static string ReasonAgainst(string name) => name switch
    {
        _ when name.StartsWith(@"\!", StringComparison.Ordinal) => "runs a program on the machine that migrates",
        @"\copy" => "reads or writes files on the machine that migrates, or runs a program there; to bring rows along, "
            + @"write COPY … FROM stdin; with the rows on the lines below it and \. on the line after the last",
        @"\i" or @"\ir" or @"\include" or @"\include_relative" => "runs another file, whose text the history would not keep",
        @"\o" or @"\w" or @"\g" or @"\gx" or @"\s" or @"\out" or @"\write" => "writes to a file or a program on the machine that migrates",
        @"\c" or @"\connect" => "leaves the target database",
        @"\gexec" => "runs statements that stand in no file",
        @"\q" or @"\quit" => "would end the script here in psql, and skip the rest",
        @"\if" or @"\elif" or @"\else" or @"\endif" => "runs parts of the script only in psql",
        @"\." => "ends COPY data, but no COPY … FROM stdin; stands before it",
        _ => "is a psql command that cannot run here",
    };
}
