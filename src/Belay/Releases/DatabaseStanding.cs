namespace Belay.Releases;

/// <summary>Where a database stands after a run.</summary>
internal static class DatabaseStanding
{
    private const string Unchanged = "unchanged";

    /// <summary>After any run, in words; null where no database was named, or nobody can tell.</summary>
    public static string? Of(RunRecord record)
        => record.Failure is { } failure ? Of(failure, record)
            : record.Database is { } database
                ? $"{database} is {record.Standing ?? (record.Committed is [.., var last] ? Committed(last) : Unchanged)}"
                : null;

    /// <summary>In words; null where no database was named, or the message alone can tell.</summary>
    public static string? Of(Failure failure, RunRecord record)
    {
        if (record.Database is not { } database)
        {
            return null;
        }

        var committed = record.Committed is [.., var last] ? Committed(last) : null;
        var words = failure.ExitCode switch
        {
            ExitCodes.MigrationPartWay =>
                $"part-way, as told above; ./build.sh Status shows it{(committed is null ? "" : $"; before that {committed}")}",
            ExitCodes.MigrationRolledBack => committed ?? Unchanged,
            ExitCodes.Unexpected => record.Standing ?? committed
                ?? "in a state that this failure does not tell; ./build.sh Status shows it",
            ExitCodes.RecoveryFailed => record.Standing,
            _ => record.Standing ?? committed ?? (record.IsRestore ? null : Unchanged),
        };
        return words is null ? null : $"{database} is {words}";
    }

    private static string Committed(string last) => $"committed up to {last}, which is in force";
}
