namespace Belay;

/// <summary>Where a stage tells the person at the terminal what it does. The build decides how it looks.</summary>
public interface IReleaseOutput
{
    /// <summary>Prints one line as it is.</summary>
    /// <param name="text">The line, without its end; empty for a blank line.</param>
    void Line(string text);

    /// <summary>Prints one line that tells an outcome. The default prints it as any other.</summary>
    /// <param name="text">The line, without its end.</param>
    void Line(string text, LineTone tone) => Line(text);

    /// <summary>Prints a warning and keeps it for the summary.</summary>
    /// <param name="text">What is doubtful, on what, with which value.</param>
    void Warn(string text);

    /// <summary>Shows progress in place on a terminal, or as a line now and then elsewhere.</summary>
    /// <param name="text">The whole line, for example bytes, rate and elapsed time.</param>
    void Progress(string text);
}
