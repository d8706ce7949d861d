namespace Belay;

/// <summary>Sizes and times as people read them.</summary>
public static class Quantity
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A size with a binary unit: <c>812 B</c>, <c>1.5 MiB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : $"{value:0.0} {Units[unit]}";
    }

    /// <summary>A duration: <c>0.4 s</c>, <c>2 min 05 s</c>, <c>3 h 07 min</c>, <c>6 d 4 h</c>.</summary>
    /// <param name="duration">The duration; a negative one is shown with its sign.</param>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { Ticks: < 0 } => "-" + Duration(duration.Negate()),
        { TotalMinutes: < 1 } => $"{duration.TotalSeconds:0.0} s",
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds:00} s",
        { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes:00} min",
        _ => $"{duration.Days} d {duration.Hours} h",
    };

    /// <summary>A time as it stands in every output: <c>2025-10-12 10:30:00 UTC</c>.</summary>
    /// <param name="time">The time, in any zone.</param>
    public static string Utc(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    /// <summary>A count with its noun: <c>1 migration</c>, <c>2 migrations</c>.</summary>
    /// <param name="singular">The noun for one.</param>
    /// <param name="plural">The noun for another number; the singular with an s by default.</param>
    public static string Count(long count, string singular, string? plural = null)
        => $"{count} {(count == 1 ? singular : plural ?? singular + "s")}";
}
