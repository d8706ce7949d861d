using Belay.Settings;

namespace Belay.Retention;

/// <summary>What cleanup can be told.</summary>
internal static class RetentionParameters
{
    /// <summary>How long a backup is kept after its end, in days.</summary>
    public static Parameter<TimeSpan> RetentionDays { get; } = Declare.Days("retention-days", "How many days backups are kept", 7);

    /// <summary>How many of the newest backups stay besides.</summary>
    public static Parameter<int> KeepLast { get; } = Declare.WholeNumber(
        "keep-last", "Keeps at least this many of the newest backups besides", 0.., 0);

    /// <summary>How many weeks' newest backups stay besides.</summary>
    public static Parameter<int> KeepWeekly { get; } = Declare.WholeNumber(
        "keep-weekly", "Keeps the newest backup of each of this many weeks besides", 0.., 0);

    /// <summary>How many months' newest backups stay besides.</summary>
    public static Parameter<int> KeepMonthly { get; } = Declare.WholeNumber(
        "keep-monthly", "Keeps the newest backup of each of this many months besides", 0.., 0);

    /// <summary>Whether the backups that stay are trusted without being read back.</summary>
    public static Parameter<bool> TrustSurvivors { get; } =
        Declare.Switch("trust-survivors", "CleanupBackups deletes older backups without reading back the one that stays");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [RetentionDays, TrustSurvivors, KeepLast, KeepWeekly, KeepMonthly];
}
