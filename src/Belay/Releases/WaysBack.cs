namespace Belay.Releases;

/// <summary>What somebody can type whose release failed after its migrations were committed. Nothing goes back by itself: which way loses
/// less, nobody but them knows.</summary>
internal static class WaysBack
{
    /// <summary>The failure with both ways in its hint, where it is one of checks or login behind migrations of this run.</summary>
    public static Failure Name(Failure failure, RunRecord? record)
    {
        if (record is not { Committed.Count: > 0, BackupId: { } backup }
            || failure.ExitCode is not (ExitCodes.VerificationFailed or ExitCodes.SmokeTestFailed))
        {
            return failure;
        }

        var ways = $"Committed and in force: {string.Join(", ", record.Committed)}. Two ways back, each of which first "
            + $"says what it would lose: ./build.sh Rollback --dry-run, or ./build.sh Restore --backup {backup} --dry-run";
        return failure with { Hint = failure.Hint is null ? ways : $"{failure.Hint}\n{ways}" };
    }
}
