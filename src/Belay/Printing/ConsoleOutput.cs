namespace Belay.Printing;

/// <summary>Prints lines as they are, and progress in place where that is possible.</summary>
/// <param name="warn">Prints a warning and keeps it for the summary.</param>
public sealed class ConsoleOutput(TimeProvider timeProvider, Action<string> warn) : IReleaseOutput
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMilliseconds(250);
    private readonly Lock gate = new();
    private long lastProgress = timeProvider.GetTimestamp();
    private bool progressIsOpen;

    /// <inheritdoc/>
    public void Line(string text)
    {
        lock (gate)
        {
            CloseProgress();
            Console.WriteLine(HarmlessText.Of(text));
        }
    }

    /// <inheritdoc/>
    public void Warn(string text)
    {
        lock (gate)
        {
            CloseProgress();
            warn(HarmlessText.Of(text));
        }
    }

    /// <inheritdoc/>
    public void Progress(string text)
    {
        lock (gate)
        {
            if (timeProvider.GetElapsedTime(lastProgress) < (Console.IsOutputRedirected ? BetweenLines : BetweenUpdates))
            {
                return;
            }

            lastProgress = timeProvider.GetTimestamp();
            Show($"      {text}");
        }
    }

    private void Show(string text)
    {
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(HarmlessText.Of(text));
            return;
        }

        GuardedConsole.WriteInPlace(text);
        progressIsOpen = true;
    }

    private void CloseProgress()
    {
        if (progressIsOpen)
        {
            GuardedConsole.WriteInPlace(null);
            progressIsOpen = false;
        }
    }
}
