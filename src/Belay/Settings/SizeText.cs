using System.Globalization;
using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>Sizes as people write them: <c>0</c>, <c>512MiB</c>, <c>100GiB</c>, <c>1GB</c>.</summary>
internal static partial class SizeText
{
    private const string Prefixes = "KMGTP";

    /// <summary>Reads a size; false when it is none.</summary>
    /// <param name="text">The text. Only 0 needs no unit.</param>
    /// <param name="bytes">The size in bytes.</param>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        var match = Pattern().Match(text?.Trim() ?? "");
        if (!match.Success)
        {
            return text?.Trim() == "0";
        }

        var power = match.Groups["prefix"].Success ? Prefixes.IndexOf(match.Groups["prefix"].Value, StringComparison.Ordinal) + 1 : 0;
        var unit = decimal.Truncate((decimal)Math.Pow(match.Groups["binary"].Success ? 1024 : 1000, power));
        var size = decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
        if (size > long.MaxValue)
        {
            return false;
        }

        bytes = (long)size;
        return true;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,12}) ?((?<prefix>[KMGTP])(?<binary>i)?)?B$")]
    private static partial Regex Pattern();
}
