using System.Text.RegularExpressions;

namespace Belay.Layouts.Foreign;

/// <summary>How a table looks that may be the history of a migration tool, whichever it is.</summary>
internal static partial class HistoryLooks
{
    /// <summary>What such a table is called, as a regular expression that PostgreSQL reads too.</summary>
    public const string NamePattern =
        "migration|schema_?(version|history|changes?|log|revision)|(db|database)_?(version|history|change_?log|patch)|change_?log|"
            + "evolutions|versioninfo";

    private static readonly string[] Names =
        [
            "id",
            "version",
            "name",
            "migration",
            "filename",
            "file_name",
            "script",
            "script_name",
            "scriptname",
            "hash",
            "checksum",
            "revision",
            "title",
            "description",
        ];

    private static readonly string[] Times =
    [
        "applied",
        "applied_at",
        "appliedat",
        "applied_on",
        "appliedon",
        "executed_at",
        "executedat",
        "executed",
        "run_on",
        "run_at",
        "ran_at",
        "installed_on",
        "created_at",
        "createdat", "inserted_at", "migrated_at", "migration_time", "finished_at", "success", "dirty",
        "batch", "timestamp", "applied_time", "date", "checksum", "hash",
    ];

    /// <summary>
    /// Whether a table of any name looks like a history: it is called after migrations or the schema's versions, and its columns name
    /// something and say when or whether it ran.
    /// </summary>
    public static bool Resembles(ForeignTable table)
        => LooksLikeName().IsMatch(table.Name)
            && !table.Name.EndsWith("lock", StringComparison.OrdinalIgnoreCase)
            && Has(table, Names)
            && (Has(table, Times) || table.Columns.Count == 1);

    private static bool Has(ForeignTable table, string[] columns)
        => table.Columns.Any(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(NamePattern, RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeName();
}
