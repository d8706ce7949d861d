using System.Globalization;

namespace Belay.Settings;

/// <summary>Pairs libpq's lists of hosts and ports.</summary>
internal static class DatabaseHosts
{
    /// <summary>PostgreSQL's port.</summary>
    public const int DefaultPort = 5432;

    /// <summary>The addresses; an empty list after a fault.</summary>
    /// <param name="hosts">Host names, separated by commas.</param>
    /// <param name="ports">One port for all hosts, or one per host; an empty one is 5432.</param>
    /// <param name="faults">Takes what is wrong, without the text of a port: in a broken address it may be half a password.</param>
    public static IReadOnlyList<DatabaseHost> Read(string? hosts, string? ports, List<string> faults)
    {
        var names = (hosts ?? "").Split(',');
        if (names.Any(name => name.Trim().Length == 0))
        {
            faults.Add("DATABASE_URL does not name a host");
            return [];
        }

        var texts = (ports ?? "").Split(',');
        if (texts.Length != 1 && texts.Length != names.Length)
        {
            faults.Add($"DATABASE_URL has {Quantity.Count(names.Length, "host")} but {Quantity.Count(texts.Length, "port")}");
            return [];
        }

        var numbers = texts.Select(ReadPort).ToList();
        if (numbers.Contains(null))
        {
            faults.Add("DATABASE_URL has a port that is not a number from 1 to 65535");
            return [];
        }

        return [.. names.Select((name, index) => new DatabaseHost(name.Trim(), numbers[texts.Length == 1 ? 0 : index]!.Value))];
    }

    private static int? ReadPort(string text)
    {
        if (text.Trim().Length == 0)
        {
            return DefaultPort;
        }

        return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
            : null;
    }
}
