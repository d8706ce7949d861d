using System.Globalization;

namespace Belay.Settings;

/// <summary>Makes the declarations of parameters, one way per kind, so that a kind is read alike and
/// refused with the same words wherever it is used.</summary>
public static class Declare
{
    /// <summary>A text of any form.</summary>
    public static Parameter<string?> Text(
        string name, string help, string? standard = null, ParameterSources sources = ParameterSources.All)
        => new(name, help, ParameterKind.Text) { Reader = text => new(text), Default = standard, Sources = sources };

    /// <summary>A secret, which is taken from the environment alone: a command line can be read by every user of the machine.</summary>
    public static Parameter<string?> Secret(string name, string help)
        => new(name, help, ParameterKind.Text) { Reader = text => new(text), IsSecret = true, Sources = ParameterSources.Environment };

    /// <summary>A text that belongs to an environment rather than to a run, and is taken from there alone.</summary>
    public static Parameter<string?> Variable(string name, string help) => Text(name, help, sources: ParameterSources.Environment);

    /// <summary>true or false; the bare option is true. The default is false.</summary>
    public static Parameter<bool> Switch(string name, string help)
        => new(name, help, ParameterKind.Switch)
        {
            Reader = text => bool.TryParse(text, out var value) ? new(value) : null,
            Rule = "it must be true or false",
        };

    /// <summary>A whole number in a range.</summary>
    public static Parameter<int> WholeNumber(string name, string help, Range range, int standard)
        => new(name, help, ParameterKind.WholeNumber)
        {
            Reader = text => Number(text, range) is { } number ? new(number) : null,
            Rule = NumberRule(range),
            Standard = standard,
            Default = standard.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>A number of days, with or without d, from one to ten years.</summary>
    public static Parameter<TimeSpan> Days(string name, string help, int standard)
        => new(name, help, ParameterKind.Days)
        {
            Reader = text => Number(text.EndsWith('d') ? text[..^1] : text, 1..3650) is { } days ? new(TimeSpan.FromDays(days)) : null,
            Rule = NumberRule(1..3650),
            Standard = TimeSpan.FromDays(standard),
            Default = standard.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>A duration with its unit.</summary>
    public static Parameter<TimeSpan> Duration(string name, string help, string standard, bool zero = false)
        => new(name, help, ParameterKind.Duration)
        {
            Reader = text => DurationText.TryParse(text, out var value) && (zero || value > TimeSpan.Zero) ? new(value) : null,
            Rule = "it must be a duration like 500ms, 30s, 5min, 2h or 7d" + (zero ? "" : ", above zero"),
            Standard = DurationText.TryParse(standard, out var value) ? value : throw new FormatException(standard),
            Default = standard,
        };

    /// <summary>A size with its unit, or 0.</summary>
    public static Parameter<long> Size(string name, string help, string standard)
        => new(name, help, ParameterKind.Size)
        {
            Reader = text => SizeText.TryParse(text, out var value) ? new(value) : null,
            Rule = "it must be 0 or a size like 512MiB or 100GiB",
            Standard = SizeText.TryParse(standard, out var value) ? value : throw new FormatException(standard),
            Default = standard,
        };

    /// <summary>One of a few words, of which the first is the default.</summary>
    public static Parameter<string> Choice(string name, string help, IReadOnlyList<string> words)
        => new(name, help, ParameterKind.Choice)
        {
            Reader = text => words.Contains(text) ? new(text) : null,
            Rule = $"it must be {WordList.Or(words)}",
            Standard = words[0],
            Default = words[0],
        };

    /// <summary>One of an enumeration's values, written in any case, its words joined by hyphens.</summary>
    /// <param name="standard">The default.</param>
    /// <param name="values">The values that may be chosen.</param>
    public static Parameter<T> Choice<T>(string name, string help, T standard, params T[] values)
        where T : struct, Enum
    {
        string[] words = [.. values.Select(WordList.Of)];
        return new(name, help, ParameterKind.Choice)
        {
            Reader = text => Array.IndexOf(words, text.ToLowerInvariant()) is >= 0 and var index ? new(values[index]) : null,
            Rule = $"it must be {WordList.Or(words)}",
            Standard = standard,
            Default = WordList.Of(standard),
        };
    }

    private static int? Number(string text, Range range)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= range.Start.Value
            && number <= Most(range) ? number : null;

    private static string NumberRule(Range range)
        => "it must be a whole number"
            + (Most(range) == int.MaxValue ? $", {range.Start.Value} or more" : $" from {range.Start.Value} to {Most(range)}");

    private static int Most(Range range) => range.End.IsFromEnd ? int.MaxValue : range.End.Value;
}
