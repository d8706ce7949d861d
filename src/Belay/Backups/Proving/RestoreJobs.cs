namespace Belay.Backups.Proving;

/// <summary>In how many jobs PostgreSQL's programs work on this machine.</summary>
internal static class RestoreJobs
{
    private const int Most = 8;

    /// <summary>In how many pg_restore does: one for each processor, 8 at most.</summary>
    public static int Count { get; } = Math.Clamp(Environment.ProcessorCount, 1, Most);

    /// <summary>In how many jobs pg_amcheck works: beside two other sessions, together no more than pg_restore had, where that had
    /// three.</summary>
    public static int Checking { get; } = Math.Max(Count - 2, 1);
}
