using Belay.Arguments;

namespace Belay.Releases;

/// <summary>Passes everything on with the name of the program that was typed in it.</summary>
/// <param name="program">The program that was typed.</param>
internal sealed class NamingOutput(IReleaseOutput output, TypedProgram program) : IReleaseOutput
{
    /// <inheritdoc/>
    public void Line(string text) => output.Line(program.In(text));

    /// <inheritdoc/>
    public void Line(string text, LineTone tone) => output.Line(program.In(text), tone);

    /// <inheritdoc/>
    public void Warn(string text) => output.Warn(program.In(text));

    /// <inheritdoc/>
    public void Progress(string text) => output.Progress(program.In(text));
}
