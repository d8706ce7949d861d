using Belay.History;
using Belay.Sql;

namespace Belay.Reporting;

/// <summary>Sets the migrations of the folder against the history, for Status.</summary>
internal static class MigrationStates
{
    private const string Gone = "its file is not in the folder";

    /// <summary>Every migration of either, versioned ones in their order, then repeatable ones by name.</summary>
    /// <param name="files">The migrations of the folder.</param>
    /// <param name="partWay">The migrations that stopped part-way.</param>
    public static IReadOnlyList<StatusMigration> Of(
        IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied, IReadOnlyList<PartWayMigration> partWay)
    {
        var states = files.Select(
            file => (
                file.IsRepeatable,
                file.Version,
                State: file.IsRepeatable || partWay.FirstOrDefault(one => one.Version == file.Version) is not { } stopped
                    ? StateOf(file, applied.FirstOrDefault(row => row.IsOf(file)))
                    : new StatusMigration(NameOf(file), null, Remark(stopped)) { IsPartWay = true }));
        var lost = partWay.Where(one => !one.IsRollback && !files.Any(file => !file.IsRepeatable && file.Version == one.Version)).Select(one
            => (
                IsRepeatable: false,
                one.Version,
                State: new StatusMigration($"{one.Version}", null, $"{Gone}; {one.Standing}") { IsPartWay = true }));
        var gone = applied.Where(row => !files.Any(row.IsOf)).Select(row
            => (row.IsRepeatable, row.Version, State: new StatusMigration(row.FullName, row.AppliedUtc, Remark(Gone, row))));
        return [.. states.Concat(gone).Concat(lost)
            .OrderBy(one => one.IsRepeatable).ThenBy(one => one.Version).ThenBy(one => one.State.Name, StringComparer.Ordinal)
            .Select(one => one.State)];
    }

    private static string Remark(PartWayMigration stopped)
        => stopped.IsRollback
            ? $"its rollback: {stopped.Standing}; Rollback goes on with it"
            : $"{stopped.Standing}; Migrate goes on with it";

    private static string NameOf(Migration file) => Path.GetFileNameWithoutExtension(file.FileName);

    private static StatusMigration StateOf(Migration file, AppliedMigration? row)
    {
        var name = NameOf(file);
        return row switch
        {
            null => new StatusMigration(name, null),
            { IsRepeatable: true }
                when row.Sha256 != file.Sha256 => new StatusMigration(
                    name, null, $"changed since it ran on {Quantity.Utc(row.AppliedUtc)}"),
            _ => new StatusMigration(name, row.AppliedUtc, Remark(row.Sha256 == file.Sha256 ? null : "changed since", row)),
        };
    }

    private static string? Remark(string? oddity, AppliedMigration row)
        => (oddity, row.Remark) is (null, null) ? null : string.Join("; ", new[] { oddity, row.Remark }.OfType<string>());
}
