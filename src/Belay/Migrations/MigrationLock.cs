namespace Belay.Migrations;

/// <summary>The advisory lock that lets one runner at a time into a database.</summary>
internal static class MigrationLock
{
    /// <summary>The lock's key for <c>pg_try_advisory_lock(bigint)</c>: the letters "belay" in ASCII.</summary>
    public const long Key = 0x62656C6179;
}
