namespace Belay.Settings;

/// <summary>The faults of a database's address in any of its forms.</summary>
internal static class DatabaseUrlFaults
{
    /// <summary>The hint that goes with every fault of an address.</summary>
    public const string Hint = "export DATABASE_URL=\"postgresql://user:password@host:port/database\"";

    /// <summary>A fault of the address, with what a right one looks like.</summary>
    public static SettingsException Fault(string fault) => new(fault, Hint);
}
