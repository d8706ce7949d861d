using Belay.Sql;

namespace Belay.History;

/// <summary>Judges what a script has done to its transaction and to Belay's own tables.</summary>
/// <param name="appliedSoFar">What of the run stays applied, for the message; empty when nothing does.</param>
internal sealed class TransactionGuard(Migration migration, Func<string> appliedSoFar)
{
    /// <summary>Compares two looks, before the script and after it. What the second has not come to see is not judged: something failed
    /// before it.</summary>
    /// <exception cref="MigrationException">The script ended the transaction, or changed Belay's tables.</exception>
    public void Demand(TransactionLook before, TransactionLook after)
    {
        if (after.Number is { } number && number != before.Number)
        {
            throw Ended();
        }

        if (after.Mark is { } history && before.Mark!.FindChange(history) is { } change)
        {
            throw Changed(change);
        }
    }

    /// <summary>A script that ended the transaction by itself has committed what came before, whatever follows.</summary>
    private MigrationException Ended() => new(
        $"{migration.Path} ended the migration's transaction by itself: its statements up to there are committed, "
            + $"later ones may be, and the history has no row for it.{appliedSoFar()}",
        ExitCodes.MigrationPartWay,
        "compare the database with the script by hand, take COMMIT or ROLLBACK out of the script, then ./build.sh Migrate");

    /// <summary>A script that drops, empties or rewrites the history would make the next release believe what is not so.</summary>
    private MigrationException Changed(string change) => new(
        $"{migration.Path} {change}.\nRolled back: database as before.{appliedSoFar()}",
        ExitCodes.MigrationRolledBack,
        $"take what it does to the schema belay out of {migration.FileName}, then ./build.sh Migrate");
}
