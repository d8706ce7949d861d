using System.Text;

namespace Belay;

/// <summary>What both streams of a console share: the line that is still open in place, and what an engine says while nobody is to hear
/// it.</summary>
/// <param name="terminal">Where lines in place go.</param>
internal sealed class ConsoleHold(TextWriter terminal)
{
    private const int MostKept = 64 * 1024;

    private readonly Lock gate = new();
    private readonly StringBuilder kept = new();
    private bool isOpen;

    /// <summary>Whether what is written is kept back.</summary>
    public bool IsHushed { get; set; }

    /// <summary>What was kept back.</summary>
    public string Kept
    {
        get
        {
            lock (gate)
            {
                return kept.ToString();
            }
        }
    }

    /// <summary>Keeps a text back.</summary>
    public void Keep(string text)
    {
        lock (gate)
        {
            kept.Append(text, 0, Math.Min(text.Length, MostKept - kept.Length));
        }
    }

    /// <summary>Shows a line that the next one takes the place of.</summary>
    public void Show(string text)
    {
        lock (gate)
        {
            terminal.Write($"\r{text}\e[K");
            terminal.Flush();
            isOpen = true;
        }
    }

    /// <summary>Takes the line in place away, so that nothing is written behind it.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (isOpen)
            {
                terminal.Write("\r\e[K");
                terminal.Flush();
                isOpen = false;
            }
        }
    }
}
