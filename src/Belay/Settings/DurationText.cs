using System.Globalization;
using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>Durations as people write them, with PostgreSQL's units: <c>500ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>, <c>7d</c>.</summary>
internal static partial class DurationText
{
    /// <summary>The longest duration taken: ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads a duration; false when it is none. A number without a unit is none: its unit would be a guess.</summary>
    /// <param name="duration">The duration, from zero to <see cref="Longest"/>.</param>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var match = Pattern().Match(text?.Trim() ?? "");
        if (!match.Success || !long.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var unit = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        if (number > Longest / unit)
        {
            return false;
        }

        duration = unit * number;
        return true;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,15}) ?(?<unit>ms|s|min|h|d)$")]
    private static partial Regex Pattern();
}
