namespace Belay.Releases;

/// <summary>Passes everything on with the name of the program that was typed in it.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="program">How the program is typed.</param>
internal sealed class NamingOutput(IReleaseOutput output, string program) : IReleaseOutput
{
    /// <inheritdoc/>
    public void Line(string text) => output.Line(ProgramName.In(text, program));

    /// <inheritdoc/>
    public void Warn(string text) => output.Warn(ProgramName.In(text, program));

    /// <inheritdoc/>
    public void Progress(string text) => output.Progress(ProgramName.In(text, program));
}
