using Belay.Arguments;

namespace Belay.Releases;

/// <summary>A stage's failure as the person at the terminal sees it.</summary>
/// <param name="Message">What failed, on what, with which value; secrets masked.</param>
/// <param name="Hint">What to type next; null for none.</param>
/// <param name="IsCancellation">Whether a signal ended the run.</param>
public sealed record Failure(int ExitCode, string Message, string? Hint, bool IsCancellation)
{
    /// <summary>The first line, for the summary and the files of the engine.</summary>
    public string Summary => HarmlessText.Of(Message).Split('\n', 2)[0];

    /// <summary>Tells what an exception means.</summary>
    /// <param name="signalExitCode">The exit code of the signal that came; 0 for none.</param>
    internal static Failure From(Exception exception, int signalExitCode) => exception switch
    {
        // A stage that knows more about where a cancelled run left the database says so in its own message.
        BelayException known => new(
            signalExitCode != 0 && known.ExitCode != ExitCodes.MigrationPartWay ? signalExitCode : known.ExitCode,
            known.Message,
            known.Hint ?? (known.ExitCode == ExitCodes.Usage ? "./build.sh --help lists targets and parameters" : null),
            signalExitCode != 0),
        OperationCanceledException when signalExitCode != 0 =>
            new(
                signalExitCode,
                "Cancelled by a signal: what was not committed was rolled back",
                "./build.sh Status shows where the database stands",
                true),
        _ => new(
            ExitCodes.Unexpected,
            Redaction.Apply($"Unexpected {exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}"),
            "this is a fault of Belay: keep the output and report it",
            false),
    };

    /// <summary>The same with the name of the program that was typed in it.</summary>
    /// <param name="program">The program that was typed.</param>
    internal Failure Naming(TypedProgram program)
        => this with { Message = program.In(Message), Hint = Hint is null ? null : program.In(Hint) };
}
