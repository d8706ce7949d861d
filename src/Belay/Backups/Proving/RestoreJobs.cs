namespace Belay.Backups.Proving;

/// <summary>In how many jobs pg_restore works on this machine.</summary>
internal static class RestoreJobs
{
    private const int Most = 8;

    /// <summary>One for each processor, 8 at most.</summary>
    public static int Count { get; } = Math.Clamp(Environment.ProcessorCount, 1, Most);
}
