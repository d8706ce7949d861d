using System.Globalization;
using System.Text;

namespace Belay.Backups;

/// <summary>The first and the last lines of a program's error output: warnings come first, and why it ended comes last.</summary>
internal sealed class ProgramErrors
{
    private const int KeptOfBeginning = 8 << 10;
    private const int KeptOfEnd = 4 << 10;

    private readonly StringBuilder beginning = new();
    private readonly Queue<string> end = new();

    private int lengthOfEnd;
    private int leftOut;

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        if (beginning.Length < KeptOfBeginning)
        {
            beginning.Append(line).Append('\n');
            return;
        }

        end.Enqueue(line);
        lengthOfEnd += line.Length;
        for (; lengthOfEnd > KeptOfEnd && end.Count > 1; leftOut++)
        {
            lengthOfEnd -= end.Dequeue().Length;
        }
    }

    /// <summary>What is kept, trimmed.</summary>
    public override string ToString()
    {
        var gap = leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"… ({leftOut} lines left out)\n");
        return $"{beginning}{gap}{string.Join('\n', end)}".Trim();
    }
}
