namespace Belay.Reporting;

/// <summary>The guide's post-migration tasks, ticked off by what a run has done.</summary>
internal static class ReleaseTasks
{
    /// <summary>The tasks in the guide's order; none for a run that applied no migration.</summary>
    /// <param name="releaseLog">The release log's path, which gets a line with the time.</param>
    public static IReadOnlyList<ReleaseTask> For(ReleaseRecord record, string releaseLog)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Migrations.Count == 0 && record.Migrator is null
            ? []
            :
            [
                new(
                    "Verify authentication works (test login)",
                    record.Login is { AllPassed: true },
                    record.Login?.ToString() ?? (record.NobodyLoggedIn ? ReleaseLogin.LeftOut : "no smoke test ran")),
                new(
                    "Monitor application logs for any errors",
                    false,
                    record.Watch is { } watch
                        ? $"watched for {watch.Summary()}; the application's own logs are yours to read"
                        : "yours to do; ./build.sh Watch repeats logins and checks, and reads the server's log"),
                new("Update team on successful migration", false, "yours to do"),
                new("Document migration timestamp in change log", true, $"in {Path.GetFileName(releaseLog)}"),
                new(
                    "Mark this migration as completed in tracking system",
                    false,
                    "the database's own history, belay.migration, has it; other trackers are yours to update"),
                Keep(record.Backup),
            ];
    }

    private static ReleaseTask Keep(ReleaseBackup? backup)
    {
        const string Title = "Keep backup for 7 days before deletion";
        return backup is null
            ? new(Title, false, "no backup is recorded")
            : new(Title, true, $"{backup.Id} is kept until {Quantity.Utc(backup.KeepUntilUtc)}");
    }
}
