using System.Globalization;

namespace Belay.Sql;

/// <summary>Makes one number of a version, which orders migrations and is their key in the history.</summary>
/// <remarks>
/// A whole number stays what it is. Of a version with several parts, as in Flyway's <c>1.2</c> or <c>1_2</c>,
/// each part after the first becomes four digits of the fraction: 1.0002. So 1.2 comes before 1.10, both between 1 and 2, and 1.0 is the
/// same as 1. A part above 9999, as in
/// <c>1.20240131</c>, becomes 9999, two digits that say how many digits it has, and those digits: 1.99990820240131.
/// So it comes after all smaller ones.
/// </remarks>
internal static class MigrationVersion
{
    /// <summary>The most digits that a number can have without being rounded.</summary>
    private const int MostDigits = 28;

    private const int DigitsOfPart = 4;

    /// <summary>What stands before the length of a longer part.</summary>
    private const string LongPart = "9999";

    /// <summary>What a version can be, for messages.</summary>
    internal const string Rule = "a version is a whole number, or parts like 1.2.3, with 28 digits in all";

    /// <summary>Reads a version.</summary>
    /// <param name="text">Digits; parts are separated by dots or underscores.</param>
    public static bool TryParse(string? text, out decimal version)
    {
        version = 0;
        var parts = (text ?? "").Split('.', '_');
        if (parts.Any(part => part.Length == 0 || !part.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var whole = parts[0].TrimStart('0');
        var fraction = string.Concat(parts.Skip(1).Select(Fraction)).TrimEnd('0');
        var digits = fraction.Length == 0 ? $"0{whole}" : $"0{whole}.{fraction}";
        return whole.Length + fraction.Length <= MostDigits
            && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out version);
    }

    private static string Fraction(string part) => part.TrimStart('0') is { Length: > DigitsOfPart } digits
        ? $"{LongPart}{digits.Length:00}{digits}"
        : part.TrimStart('0').PadLeft(DigitsOfPart, '0');
}
