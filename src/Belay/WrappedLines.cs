namespace Belay;

/// <summary>
/// Masks secrets in lines that come one by one, also a secret that a program wrapped over several lines: a line that ends with
/// the beginning of a secret waits for the next.
/// </summary>
/// <param name="say">Takes each line, masked.</param>
internal sealed class WrappedLines(Action<string> say)
{
    private const int LeastBeginning = 3;
    private const int MostHeld = 20;

    private readonly List<string> held = [];

    /// <summary>The last line that was said, as it came: the beginning on it may have been too short to wait for.</summary>
    private string last = "";

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        held.Add(line);
        if (held.Count >= MostHeld || !Redaction.Search().EndsWithBeginning(string.Concat(held.Select(one => one.Trim())), LeastBeginning))
        {
            End();
        }
    }

    /// <summary>Says what is held back.</summary>
    public void End()
    {
        if (held.Count == 0)
        {
            return;
        }

        var text = $"{last}\n{string.Join('\n', held)}";
        var from = last.Length + 1;
        last = held[^1];
        held.Clear();
        foreach (var line in Redaction.Search().Apply(text, from).Split('\n'))
        {
            say(line);
        }
    }
}
