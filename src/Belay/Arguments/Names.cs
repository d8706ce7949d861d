namespace Belay.Arguments;

/// <summary>How names of parameters, targets and variables are compared, and which one was probably meant.</summary>
internal static class Names
{
    /// <summary>Whether two names are one to the engine: dashes and case do not count.</summary>
    public static bool Same(string left, string right) => Plain(left).Equals(Plain(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters and digits in upper case: how the engine compares the names of variables.</summary>
    public static string OfVariable(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>The known name that was probably meant, as words to follow a message; empty if none is near.</summary>
    /// <param name="known">The names that exist.</param>
    public static string Guess(string name, IEnumerable<string> known)
        => Near(name, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>The known name that was probably meant; null if none is near.</summary>
    /// <param name="known">The names that exist.</param>
    public static string? Near(string name, IEnumerable<string> known)
    {
        var wanted = OfVariable(name);
        var nearest = known.Select(candidate => (Name: candidate, Distance: Distance(wanted, OfVariable(candidate))))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, wanted.Length / 3) ? nearest.Name : null;
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Counts the letters to insert, delete or replace.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
