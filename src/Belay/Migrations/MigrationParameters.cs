using Belay.Layouts;
using Belay.Settings;
using Belay.Sql;

namespace Belay.Migrations;

/// <summary>What says which migrations run and how.</summary>
public static class MigrationParameters
{
    /// <summary>The folder with the scripts; relative paths start from the repository's root.</summary>
    public static Parameter<string?> Migrations { get; } = Declare.Text("migrations", "Folder with the migrations", "migrations");

    /// <summary>The scripts' layout.</summary>
    public static Parameter<string> Layout { get; } = Declare.Choice(
        "layout", $"Layout of the migrations: {string.Join(", ", MigrationFolder.LayoutNames)}", MigrationFolder.LayoutNames)
        .SeeAlso("docs/migrations.md#coming-over");

    /// <summary>The longest wait for one lock, per attempt.</summary>
    public static Parameter<TimeSpan> LockTimeout { get; } = Declare.Duration(
        "lock-timeout", "Longest wait for one lock, per attempt", "3s");

    /// <summary>The same for statements that wait for every older transaction.</summary>
    public static Parameter<TimeSpan> ConcurrentLockTimeout { get; } =
        Declare.Duration(
            "concurrent-lock-timeout",
            "Longest wait of CREATE INDEX CONCURRENTLY and its like, which wait for every older transaction",
            "10min");

    /// <summary>The total time to spend on retries for locks; zero for one attempt.</summary>
    public static Parameter<TimeSpan> LockBudget { get; } = Declare.Duration(
        "lock-budget", "Total time to spend on retries for locks", "5min", zero: true);

    /// <summary>How many sessions may wait behind an attempt.</summary>
    public static Parameter<int> MaxVictims { get; } =
        Declare.WholeNumber("max-victims", "Sessions that may wait behind us before an attempt gives up its place", 0.., 10);

    /// <summary>The longest run of one statement.</summary>
    public static Parameter<TimeSpan> StatementTimeout { get; } = Declare.Duration(
        "statement-timeout", "Longest run of one statement of a migration", "15min");

    /// <summary>How long to wait for another runner; zero for not at all.</summary>
    public static Parameter<TimeSpan> RunnerWait { get; } = Declare.Duration(
        "runner-wait", "How long to wait for another runner", "5min", zero: true);

    /// <summary>Migrations after this version stay pending; null for all.</summary>
    public static Parameter<decimal?> TargetVersion { get; } =
        VersionOf("target-version", "Leaves migrations after this version pending", ParameterSources.All);

    /// <summary>Whether a file that sorts before an applied one may run.</summary>
    public static Parameter<bool> AllowOutOfOrder { get; } = Declare.Switch(
        "allow-out-of-order", "Runs migrations that sort before an applied one");

    /// <summary>Whether every migration that is to run must have a check that expects something.</summary>
    public static Parameter<bool> RequireChecks { get; } = Declare.Switch(
        "require-checks", "Refuses a migration without a check that expects something, and a verification that verifies nothing");

    /// <summary>The number of one migration.</summary>
    public static Parameter<decimal?> Version { get; } =
        VersionOf(
            "migration-version", "A migration's number, for Baseline and Repair", ParameterSources.CommandLine, formerName: "version");

    /// <summary>Whether to say what would be done and keep nothing.</summary>
    public static Parameter<bool> DryRun { get; } = Declare.Switch(
        "dry-run",
        "Migrate, Rollback: runs all in a transaction that is rolled back; CleanupBackups, Restore, Baseline, Adopt, Repair: lists "
            + "what would be "
            + "done");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Migrations,
        Layout,
        LockTimeout,
        LockBudget,
        ConcurrentLockTimeout,
        MaxVictims,
        StatementTimeout,
        RunnerWait,
        TargetVersion,
        AllowOutOfOrder,
        RequireChecks,
        Version,
        DryRun,
    ];

    private static Parameter<decimal?> VersionOf(string name, string help, ParameterSources sources, string? formerName = null)
        => new(name, help, ParameterKind.Version)
        {
            Reader = text => MigrationVersion.TryParse(text, out var version) ? new(version) : null,
            Rule = MigrationVersion.Rule,
            Sources = sources,
            FormerName = formerName,
        };
}
