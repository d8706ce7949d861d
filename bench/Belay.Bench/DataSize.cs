using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Settings;

namespace Belay.Bench;

/// <summary>Sizes as PostgreSQL writes them: 1 GB is 1024 MB.</summary>
internal static partial class DataSize
{
    private const string Hint = "./build.sh Bench --suite backup --size 1GB";

    /// <summary>Reads a size.</summary>
    /// <param name="text">For example <c>1GB</c> or <c>200MB</c>; without regard to case.</param>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="SettingsException">It is none.</exception>
    public static long Parse(string text)
    {
        if (SizePattern().Match(text) is not { Success: true } match
            || !long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
        {
            throw new SettingsException($"The size '{text}' is not a number with kB, MB, GB or TB", Hint);
        }

        var shift = char.ToUpperInvariant(match.Groups["unit"].Value[0]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 40 };
        return number > 0 && number <= long.MaxValue >> shift
            ? number << shift
            : throw new SettingsException($"The size '{text}' is out of range", Hint);
    }

    [GeneratedRegex("^(?<number>[0-9]{1,9}) ?(?<unit>[kMGT])B$", RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();
}
