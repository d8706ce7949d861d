namespace Belay.Nuke;

/// <summary>A stage failed and its message has been printed; carries one line for the engine's summary.</summary>
/// <param name="summary">The first line of the stage's message.</param>
internal sealed class StageFailedException(string summary) : Exception(summary)
{
    /// <summary>The line alone: an engine prints an exception as text, and a stack trace tells an operator nothing.</summary>
    public override string ToString() => Message;
}
