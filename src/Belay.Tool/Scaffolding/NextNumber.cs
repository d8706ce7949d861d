using System.Globalization;
using System.Text.RegularExpressions;

namespace Belay.Tool.Scaffolding;

/// <summary>The number that follows, in the spelling of the one before.</summary>
internal static partial class NextNumber
{
    private const string Time = "yyyyMMddHHmmss";
    private const string TimeWithDashes = "yyyy-MM-dd-HHmmss";

    /// <summary>The first number of a folder.</summary>
    public static string First(NumberForm form, DateTimeOffset now) => form switch
    {
        NumberForm.Plain => "1",
        NumberForm.FourDigits => "0001",
        NumberForm.SixDigits => "000001",
        NumberForm.Time => now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
        NumberForm.TimeWithDashes => now.UtcDateTime.ToString(TimeWithDashes, CultureInfo.InvariantCulture),
        _ => now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The number after another: the time where it is one, else one more.</summary>
    /// <param name="number">The newest number as it is written.</param>
    public static string After(string number, DateTimeOffset now)
    {
        NumberForm? form = number switch
        {
            _ when TimePattern().IsMatch(number) => NumberForm.Time,
            _ when DashedPattern().IsMatch(number) => NumberForm.TimeWithDashes,
            { Length: 13 } when number.All(char.IsAsciiDigit) => NumberForm.Milliseconds,
            _ => null,
        };
        var moment = form is { } known ? First(known, now) : null;

        // A clock that is behind, or two migrations of one second, must not change the order.
        return moment is not null && string.CompareOrdinal(moment, number) > 0 ? moment : OneMore(number);
    }

    private static string OneMore(string number)
    {
        var last = LastPattern().Match(number).Value;
        var more = (decimal.Parse(last, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        return number[..^last.Length] + more.PadLeft(last.Length, '0');
    }

    [GeneratedRegex("^(19|20)[0-9]{12}$")]
    private static partial Regex TimePattern();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}$")]
    private static partial Regex DashedPattern();

    [GeneratedRegex("[0-9]{1,28}$")]
    private static partial Regex LastPattern();
}
