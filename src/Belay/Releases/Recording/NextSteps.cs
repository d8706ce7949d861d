namespace Belay.Releases.Recording;

/// <summary>What somebody can do after a run, for its record.</summary>
internal static class NextSteps
{
    /// <summary>The hint of a failure, and both ways back where migrations are in force.</summary>
    /// <param name="hint">The failure's hint; null for none.</param>
    /// <param name="backupInForce">The backup behind the migrations that are in force; null when there are none.</param>
    public static IEnumerable<string> Of(string? hint, string? backupInForce)
    {
        if (hint is not null)
        {
            yield return hint;
        }

        if (backupInForce is not null)
        {
            yield return "./build.sh Rollback --dry-run shows what the rollback scripts would take back and lose";
            yield return $"./build.sh Restore --backup {backupInForce} --dry-run shows what going back to the backup would lose";
        }
    }
}
