using Belay.Backups.Compression;
using Belay.Settings;

namespace Belay.Backups;

/// <summary>What taking, proving, fetching and holding a backup can be told.</summary>
internal static class BackupParameters
{
    /// <summary>Declared before the parameter that lists them.</summary>
    private static readonly ProofLevel[] Levels = [.. Enum.GetValues<ProofLevel>().Where(level => level != ProofLevel.None)];

    /// <summary>How old the proven backup may be when a migration starts.</summary>
    public static Parameter<TimeSpan> MaxBackupAge { get; } =
        Declare.Duration("max-backup-age", "How old the proven backup may be when a migration starts", "60min");

    /// <summary>The proof that Backup reaches and the gate demands.</summary>
    public static Parameter<ProofLevel> RequiredLevel { get; } = Declare.Choice(
        "proof-level",
        $"How a backup is proven, which the gate demands: {WordList.Or([.. Levels.Select(level => level.Word())])}",
        ProofLevel.Readback,
        Levels).SeeAlso("docs/backups.md#proof");

    /// <summary>The codec with its level; null for <c>zstd:1</c>.</summary>
    public static Parameter<string?> Compression { get; } =
        new("compression", DumpCodec.Help, ParameterKind.Text)
        {
            Reader = text => DumpCodec.IsKnown(text) ? new(text) : null,
            Rule = $"it must be {DumpCodec.Known}",
            Default = "zstd:1",
        };

    /// <summary>How many workers pg_dump has.</summary>
    public static Parameter<int> Parallel { get; } =
        Declare.WholeNumber("parallel", "How many workers pg_dump has; more store a dump of many objects", 1..64, 1)
        .SeeAlso("docs/backups.md#several-workers");

    /// <summary>How long pg_dump waits for table locks.</summary>
    public static Parameter<TimeSpan> BackupLockWait { get; } = Declare.Duration(
        "backup-lock-wait", "How long pg_dump waits for table locks", "30s");

    /// <summary>The size above which rows are not counted, in bytes.</summary>
    public static Parameter<long> RowCountLimit { get; } =
        Declare.Size(
            "row-count-limit", "Larger databases get no exact row counts, and their backups reach restored-uncounted at most", "100GiB");

    /// <summary>Whether the store must refuse to change or delete the dump.</summary>
    public static Parameter<bool> Immutable { get; } =
        Declare.Switch(
            "immutable",
            "The store must refuse to change or delete the dump until its keepUntil, and report that, or the backup fails; Azure only");

    /// <summary>How old the newest proven backup may be for Status.</summary>
    public static Parameter<TimeSpan> MaxAge { get; } = Declare.Duration(
        "max-age", "Status fails when the newest proven backup is older or missing, for monitors; 0s for any", "0s", zero: true);

    /// <summary>A backup's id, or <c>latest</c>.</summary>
    public static Parameter<string?> Backup { get; } = Declare.Text(
        "backup", "A backup's id, or latest", sources: ParameterSources.CommandLine);

    /// <summary>The database whose backups are meant.</summary>
    public static Parameter<string?> Database { get; } =
        Declare.Text(
            "database", "The database whose backups are meant, instead of that of DATABASE_URL", sources: ParameterSources.CommandLine);

    /// <summary>The folder that a backup is fetched into.</summary>
    public static Parameter<string?> To { get; } = Declare.Text(
        "to",
        "FetchBackup: the folder to write into; Rollback: the version that stays the newest, 0 for none",
        sources: ParameterSources.CommandLine);

    /// <summary>Why a backup is put on hold, or why the history is changed.</summary>
    public static Parameter<string?> Reason { get; } =
        Declare.Text("reason", "Why a backup is put on hold, or why the history is changed", sources: ParameterSources.CommandLine);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
        [
            MaxBackupAge, RequiredLevel, Compression, Parallel, BackupLockWait, RowCountLimit,
            Immutable, MaxAge, Backup, Database, To, Reason,
        ];
}
