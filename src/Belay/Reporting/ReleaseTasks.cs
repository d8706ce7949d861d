namespace Belay.Reporting;

/// <summary>The guide's post-migration tasks, ticked off by what a run has done.</summary>
internal static class ReleaseTasks
{
    /// <summary>How a line of <see cref="ReleaseRecord.Notices"/> ends of somebody who was told of start and end.</summary>
    public const string WasTold = " was told";

    /// <summary>The tasks in the guide's order; none for a run that applied no migration.</summary>
    /// <param name="releaseLog">The release log's path, which gets a line with the time.</param>
    public static IReadOnlyList<ReleaseTask> For(ReleaseRecord record, string releaseLog)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Migrations.Count == 0 && record.Migrator is null
            ? []
            :
            [
                Login(record),
                Logs(record),
                Team(record),
                new("Document migration timestamp in change log", true, $"in {Path.GetFileName(releaseLog)}"),
                Tracker,
                Keep(record.Backup),
            ];
    }

    /// <summary>Whatever keeps track besides is not Belay's to look at.</summary>
    public static ReleaseTask Tracker { get; } = new(
        "Mark this migration as completed in tracking system",
        false,
        "the database's own history, belay.migration, has it; other trackers are yours to update");

    /// <summary>Whether somebody logged in.</summary>
    public static ReleaseTask Login(ReleaseRecord record) => new(
        "Verify authentication works (test login)",
        record.Login is { AllPassed: true },
        record.Login?.ToString() ?? (record.NobodyLoggedIn ? ReleaseLogin.LeftOut : "no smoke test ran"));

    /// <summary>What was watched; the application's own logs are seen by nobody here.</summary>
    public static ReleaseTask Logs(ReleaseRecord record) => new(
        "Monitor application logs for any errors",
        false,
        record.Watch is { } watch
            ? $"watched for {watch.Summary()}; the application's own logs are yours to read"
            : "yours to do; ./build.sh Watch repeats logins and checks, and reads the server's log");

    /// <summary>Whether the team was told by webhook.</summary>
    public static ReleaseTask Team(ReleaseRecord record)
    {
        const string Title = "Update team on successful migration";
        return record.Notices.Count == 0
            ? new(Title, false, "yours to do; WEBHOOK_URL tells a chat room")
            : new(
                Title,
                record.Outcome == ReleaseOutcome.Succeeded && record.Notices.Any(line => line.EndsWith(WasTold, StringComparison.Ordinal)),
                string.Join("; ", record.Notices));
    }

    private static ReleaseTask Keep(ReleaseBackup? backup)
    {
        const string Title = "Keep backup for 7 days before deletion";
        return backup is null
            ? new(Title, false, "no backup is recorded")
            : new(Title, true, $"{backup.Id} is kept until {Quantity.Utc(backup.KeepUntilUtc)}");
    }
}
