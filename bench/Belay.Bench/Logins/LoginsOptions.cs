using Belay.Settings;

namespace Belay.Bench.Logins;

/// <summary>How the suite runs.</summary>
/// <param name="Users">The rows of the table that logins read and the migration alters.</param>
/// <param name="Rounds">How often each tool runs.</param>
/// <param name="Report">How long the reporting transaction keeps its ACCESS SHARE lock.</param>
internal sealed record LoginsOptions(int Users, int Rounds, TimeSpan Report)
{
    /// <summary>Clients that log in one after another, all at once.</summary>
    public const int Clients = 8;

    /// <summary>Logins alone before the report and after the migration.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <summary>Reads the options as people write them.</summary>
    /// <exception cref="SettingsException">One of them is wrong.</exception>
    public static LoginsOptions Read(int users, int rounds, int seconds)
    {
        var faults = new List<string>();
        if (users < 1)
        {
            faults.Add($"{users} users cannot log in");
        }

        if (rounds < 1)
        {
            faults.Add($"{rounds} rounds measure nothing");
        }

        if (seconds < 2)
        {
            faults.Add($"A report of {seconds} s is over before a migration waits for it");
        }

        return faults.Count == 0
            ? new LoginsOptions(users, rounds, TimeSpan.FromSeconds(seconds))
            : throw new SettingsException(faults, "./build.sh Bench --suite logins-under-migration --users 2000000 --rounds 1 --report 20");
    }
}
