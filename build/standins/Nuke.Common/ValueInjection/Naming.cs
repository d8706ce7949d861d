using System.Text;

namespace Nuke.Common.ValueInjection;

/// <summary>How names of parameters and targets are compared and shown.</summary>
internal static class Naming
{
    /// <summary>Letters and digits in upper case: dashes, underscores and case do not count.</summary>
    public static string Normalize(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));

    /// <summary>As typed on the command line: <c>DatabaseUrl</c> is <c>--database-url</c>.</summary>
    public static string ToOption(string name) => "--" + Separate(name, '-').ToLowerInvariant();

    /// <summary>As usual in the environment: <c>DatabaseUrl</c> is <c>DATABASE_URL</c>.</summary>
    public static string ToVariable(string name) => Separate(name, '_').ToUpperInvariant();

    /// <summary>The known name that was probably meant; null if none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var wanted = Normalize(name);
        var nearest = known.Select(candidate => (Name: candidate, Distance: Distance(wanted, Normalize(candidate)))).MinBy(pair => pair.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, wanted.Length / 3) ? nearest.Name : null;
    }

    private static string Separate(string name, char separator)
    {
        var text = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var startsWord = index > 0 && char.IsUpper(name[index])
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            text.Append(startsWord ? separator.ToString() : string.Empty).Append(name[index]);
        }

        return text.ToString();
    }

    /// <summary>Counts the letters to insert, delete or replace, two neighbours swapped counting as two.</summary>
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
