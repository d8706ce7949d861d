using Belay.Arguments;

namespace Belay.Nuke;

/// <summary>A run was refused before its first target; the engine prints the message.</summary>
/// <param name="program">The program that was typed, for the hint.</param>
internal sealed class RunRefusedException(BelayException refusal, TypedProgram program)
    : Exception(
        program.In(HarmlessText.Of($"{refusal.Message}\nHint: {refusal.Hint ?? "./build.sh --help lists targets and parameters"}")),
        refusal);
