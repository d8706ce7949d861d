using System.Globalization;
using System.Text;

namespace Belay.Recovery.Restoring;

/// <summary>The names of databases that a restore makes and leaves; in small letters, so that nobody has to quote them.</summary>
internal static class DatabaseNames
{
    /// <summary>The most bytes of a name: NAMEDATALEN is 64, with a zero at the end.</summary>
    private const int Longest = 63;

    private const string Stamp = "yyyyMMdd_HHmmss";

    /// <summary>The database that a backup is restored into until all of it is there.</summary>
    public static string Restoring(string database, DateTimeOffset now) => Join(database, "restoring", now);

    /// <summary>The name under which a replaced database stays.</summary>
    public static string Replaced(string database, DateTimeOffset now) => Join(database, "replaced", now);

    /// <summary>The name under which a whole restore stays that could not take the other's place.</summary>
    public static string Restored(string database, DateTimeOffset now) => Join(database, "restored", now);

    /// <summary>Whether a name is one that a restore gave to what it replaced.</summary>
    public static bool IsReplaced(string name, string database)
        => name.Length > Stamp.Length
            && DateTimeOffset.TryParseExact(
                name[^Stamp.Length..], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var replacedUtc)
            && name == Replaced(database, replacedUtc);

    private static string Join(string database, string what, DateTimeOffset now)
    {
        var end = $"_{what}_{now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}";
        var name = new StringBuilder();
        foreach (var rune in database.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(name.ToString()) + rune.Utf8SequenceLength + end.Length > Longest)
            {
                break;
            }

            name.Append(rune);
        }

        return name.Append(end).ToString();
    }
}
