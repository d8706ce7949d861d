using System.Buffers;
using System.Text;

namespace Belay;

/// <summary>Finds remembered secrets in texts. Made anew when one more is remembered; many threads may use it.</summary>
internal sealed class SecretSearch
{
    private const int MostRounds = 3;

    private readonly string[] shortSecrets;
    private readonly HashSet<string> encoded;
    private readonly Dictionary<string, string[]> formsByStart;
    private readonly string[] sorted;
    private readonly SearchValues<string> any;
    private readonly int longest;

    public SecretSearch(IReadOnlyCollection<string> secrets)
    {
        shortSecrets = [.. secrets.Where(secret => secret.Length < Redaction.ShortestMaskedAnywhere)];
        var anywhere = secrets.Where(secret => secret.Length >= Redaction.ShortestMaskedAnywhere).ToList();
        encoded = anywhere.SelectMany(SecretForms.Encoded).ToHashSet(StringComparer.Ordinal);
        sorted = [.. anywhere.SelectMany(SecretForms.Plain).Concat(encoded).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        formsByStart = sorted.GroupBy(StartOf).ToDictionary(
            forms => forms.Key, forms => forms.OrderByDescending(form => form.Length).ToArray(), StringComparer.Ordinal);
        any = SearchValues.Create(sorted, StringComparison.Ordinal);
        longest = sorted.Select(form => form.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The text with every secret masked.</summary>
    public string Apply(string text) => Apply(text, 0);

    /// <summary>The text from a place on, with every secret masked, also one that begins before the place.</summary>
    public string Apply(string text, int from)
    {
        var masked = new StringBuilder(text.Length);
        var done = from;
        foreach (var (start, end) in Places(text))
        {
            if (end <= done)
            {
                continue;
            }

            masked.Append(text, done, Math.Max(0, start - done)).Append(Redaction.Mask);
            done = end;
        }

        return done == 0 ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Whether a text ends with the beginning of a secret, so that the next line may hold the rest.</summary>
    /// <param name="line">A text without line end.</param>
    /// <param name="least">How much of the secret must be there.</param>
    public bool EndsWithBeginning(string line, int least)
        => EndsWithBeginningAsItIs(line, least)
            || (UnescapedText.IsNeededFor(line) && EndsWithBeginningAsItIs(UnescapedText.Whole(line), least));

    private bool EndsWithBeginningAsItIs(string line, int least)
    {
        for (var start = Math.Max(0, line.Length - longest); start <= line.Length - least; start++)
        {
            var tail = line[start..];
            var place = Array.BinarySearch(sorted, tail, StringComparer.Ordinal);
            var next = place < 0 ? ~place : place + 1;
            if (next < sorted.Length && sorted[next].StartsWith(tail, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where secrets stand, in order; places that overlap or touch are one.</summary>
    private IEnumerable<(int Start, int End)> Places(string text)
    {
        var found = new List<(int Start, int End)>();
        Find(text, null, found);
        foreach (var isFramed in text.Contains('\n', StringComparison.Ordinal) ? new[] { false, true } : [false])
        {
            FindUnescaped(text, isFramed, found);
        }

        found.Sort();
        for (var index = 0; index < found.Count;)
        {
            var (start, end) = found[index++];
            while (index < found.Count && found[index].Start <= end)
            {
                end = Math.Max(end, found[index++].End);
            }

            yield return (start, end);
        }
    }

    private void FindUnescaped(string text, bool isFramed, List<(int Start, int End)> found)
    {
        var places = (IReadOnlyList<(int Start, int End)>?)null;
        for (var round = 0; round < MostRounds && UnescapedText.IsNeededFor(text); round++)
        {
            var read = UnescapedText.Of(text, isFramed);
            places = places is null
                ? read.Places
                : [.. read.Places.Select(place => (places[place.Start].Start, places[place.End - 1].End))];
            if (read.Text == text)
            {
                return;
            }

            text = read.Text;
            Find(text, places, found);
        }
    }

    /// <summary>Every place of every form, also where they overlap.</summary>
    private void Find(string text, IReadOnlyList<(int Start, int End)>? places, List<(int Start, int End)> found)
    {
        for (var from = 0; text.AsSpan(from).IndexOfAny(any) is >= 0 and var ahead;)
        {
            var start = from + ahead;
            var form = LongestAt(text, start);
            var end = start + form.Length;
            var place = places is not null
                ? (places[start].Start, places[end - 1].End)
                : encoded.Contains(form) ? Widen(text, start, end) : (start, end);
            found.Add(place);
            from = start + 1;
        }

        foreach (var secret in places is null ? shortSecrets : [])
        {
            for (var start = text.IndexOf(secret, StringComparison.Ordinal); start >= 0; start = text.IndexOf(
                secret, start + 1, StringComparison.Ordinal))
            {
                if (WholeValue.StandsAt(text, start, start + secret.Length))
                {
                    found.Add((start, start + secret.Length));
                }
            }
        }
    }

    private string LongestAt(string text, int start)
        => formsByStart[text.Substring(start, Redaction.ShortestMaskedAnywhere)]
            .First(form => string.CompareOrdinal(text, start, form, 0, form.Length) == 0);

    /// <summary>The encoded text around an encoded secret: its first and last characters hold bits of the secret as well.</summary>
    private static (int Start, int End) Widen(string text, int start, int end)
    {
        while (start > 0 && IsBase64(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && IsBase64(text[end]))
        {
            end++;
        }

        while (end < text.Length && text[end] == '=')
        {
            end++;
        }

        return (start, end);
    }

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_';

    private static string StartOf(string form) => form[..Redaction.ShortestMaskedAnywhere];
}
