namespace Belay.Rehearsal;

/// <summary>Starts a command so that it ends with whoever started it, and all that it started with it, also when that is killed: a guard
/// waits for the end of standard input, which the kernel closes then.</summary>
internal static class CommandGuard
{
    /// <summary>The command is in a session of its own, so that the terminal's signals do not reach it and one signal reaches its
    /// children; the guard gives them five seconds. dash knows a negative number only behind <c>-s</c>.</summary>
    private const string Script = """
        exec 3<&0
        trap : INT HUP TERM
        if command -v setsid > /dev/null; then setsid "$@" < /dev/null 3<&- & else set -m; "$@" < /dev/null 3<&- & fi
        command=$!
        (
            trap - INT HUP TERM
            read -r end <&3
            kill -s TERM -- "-$command"
            for pause in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; kill -s 0 -- "-$command" || exit; done
            kill -s KILL -- "-$command"
        ) > /dev/null 2>&1 &
        guard=$!
        while wait "$command"; code=$?; kill -s 0 "$command" 2> /dev/null; do :; done
        kill -s KILL -- "-$command" 2> /dev/null
        kill -s KILL "$guard" 2> /dev/null
        exit "$code"
        """;

    /// <summary>The words to start in place of a command's own; the same where there is no shell, on Windows.</summary>
    /// <param name="words">The program and its arguments. No shell reads them.</param>
    public static IReadOnlyList<string> Around(IReadOnlyList<string> words)
        => OperatingSystem.IsWindows() ? words : ["/bin/sh", "-c", Script, "sh", .. words];
}
