namespace Belay.Printing;

/// <summary>Prints lines as they are, and progress in place where that is possible.</summary>
/// <param name="warn">Prints a warning and keeps it for the summary.</param>
public sealed class ConsoleOutput(TimeProvider timeProvider, Action<string> warn) : IReleaseOutput
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(250);
    private readonly Lock gate = new();
    private long lastProgress = timeProvider.GetTimestamp();

    /// <inheritdoc/>
    public void Line(string text) => Line(text, LineTone.Plain);

    /// <inheritdoc/>
    public void Line(string text, LineTone tone)
    {
        lock (gate)
        {
            lastProgress = Terminal.IsUpdatedInPlace ? lastProgress : timeProvider.GetTimestamp();
            Console.WriteLine(Palette.OfOutput.Paint(HarmlessText.Of(text), tone));
        }
    }

    /// <inheritdoc/>
    public void Warn(string text)
    {
        lock (gate)
        {
            warn(HarmlessText.Of(text));
        }
    }

    /// <inheritdoc/>
    public void Progress(string text)
    {
        lock (gate)
        {
            var isInPlace = Terminal.IsUpdatedInPlace;
            if (timeProvider.GetElapsedTime(lastProgress) < (isInPlace ? BetweenUpdates : BetweenLines))
            {
                return;
            }

            lastProgress = timeProvider.GetTimestamp();
            if (isInPlace)
            {
                GuardedConsole.WriteInPlace(Terminal.Fit($"      {text}"));
            }
            else
            {
                Console.WriteLine(HarmlessText.Of($"      {text}"));
            }
        }
    }
}
