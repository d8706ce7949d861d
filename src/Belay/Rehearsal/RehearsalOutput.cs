namespace Belay.Rehearsal;

/// <summary>Passes on what happens on the copy, so that nobody takes it for the database itself.</summary>
internal sealed class RehearsalOutput(IReleaseOutput output) : IReleaseOutput
{
    private const string Mark = "      copy: ";

    /// <inheritdoc/>
    public void Line(string text) => output.Line(Mark + text);

    /// <inheritdoc/>
    public void Warn(string text) => output.Line($"{Mark}Warning: {text}");

    /// <inheritdoc/>
    public void Progress(string text) => output.Progress(Mark + text);
}
