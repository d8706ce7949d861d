using System.Globalization;

namespace Belay.Settings;

/// <summary>Turns parameters' texts into values; a bad one becomes a fault and the default stands in for it.</summary>
/// <param name="faults">Takes the faults.</param>
internal sealed class ParameterReader(SettingsFaults faults)
{
    /// <summary>A duration of at least the given one.</summary>
    public TimeSpan Duration(string name, string? text, TimeSpan standard, TimeSpan least)
    {
        if (text is null)
        {
            return standard;
        }

        if (DurationText.TryParse(text, out var duration) && duration >= least)
        {
            return duration;
        }

        Refuse(name, text, "it must be a duration like 500ms, 30s, 5min, 2h or 7d" + (least > TimeSpan.Zero ? ", above zero" : ""));
        return standard;
    }

    /// <summary>A whole number from the least up.</summary>
    public int Number(string name, string? text, int standard, int least)
        => (int)(LongNumber(name, text, least, int.MaxValue) ?? standard);

    /// <summary>A whole number in a range; null when not given.</summary>
    public long? LongNumber(string name, string? text, long least, long most)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(name, text, $"it must be a whole number" + (most == int.MaxValue || most == long.MaxValue ? $", {least} or more" : $" from {least} to {most}"));
        return null;
    }

    /// <summary>One of some words, of which the first is the default.</summary>
    public string Word(string name, string? text, IReadOnlyList<string> words)
    {
        if (text is null || words.Contains(text.Trim()))
        {
            return text?.Trim() ?? words[0];
        }

        Refuse(name, text, $"it must be {string.Join(", ", words.SkipLast(1))} or {words[^1]}");
        return words[0];
    }

    /// <summary>A number of days, with or without d.</summary>
    public TimeSpan Days(string name, string? text, TimeSpan standard)
        => LongNumber(name, text?.Trim() is { } days && days.EndsWith('d') ? days[..^1] : text, 1, 3650) is { } number ? TimeSpan.FromDays(number) : standard;

    /// <summary>true or false.</summary>
    public bool Switch(string name, string? text)
    {
        if (text is null || bool.TryParse(text, out _))
        {
            return text is not null && bool.Parse(text);
        }

        Refuse(name, text, "it must be true or false");
        return false;
    }

    /// <summary>A size in bytes.</summary>
    public long Size(string name, string? text, long standard)
    {
        if (text is null || SizeText.TryParse(text, out _))
        {
            return SizeText.TryParse(text, out var size) ? size : standard;
        }

        Refuse(name, text, "it must be 0 or a size like 512MiB or 100GiB");
        return standard;
    }

    /// <summary>One of a few words, the names of an enumeration's values in lower case.</summary>
    public T Choice<T>(string name, string? text, T standard)
        where T : struct, Enum
    {
        if (text is null)
        {
            return standard;
        }

        if (Array.Find(Enum.GetNames<T>(), choice => choice.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return Enum.Parse<T>(found);
        }

        Refuse(name, text, $"it must be {string.Join(" or ", Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()))}");
        return standard;
    }

    /// <summary>Notes that a text is not what a parameter takes; for the forms that only one stage knows.</summary>
    public void Refuse(string name, string? text, string rule) => faults.Add($"{name} is \"{text}\": {rule}");
}
