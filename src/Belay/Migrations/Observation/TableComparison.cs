namespace Belay.Migrations.Observation;

/// <summary>Compares a table's definition before and after a statement.</summary>
/// <param name="First">The definition when the migration began.</param>
/// <param name="Original">The definition in the database, before any migration; null for a table that a migration has made.</param>
internal sealed record TableComparison(TableDefinition First, TableDefinition? Original)
{
    /// <summary>What changed.</summary>
    /// <param name="after">Null when it is gone.</param>
    public TableChange Between(TableDefinition before, TableDefinition? after)
    {
        if (after is null)
        {
            return new TableChange { IsDropped = true };
        }

        var kept = before.Columns.Where(column => after.Columns.ContainsKey(column.Key)).ToList();
        return new TableChange
        {
            NewName = after.Name == before.Name ? null : after.Name,
            ColumnsAdded = [.. after.Columns.Where(column => !before.Columns.ContainsKey(column.Key)).Select(column => column.Value.Name)],
            ColumnsDropped = [.. before.Columns.Where(column => !after.Columns.ContainsKey(column.Key)).SelectMany(Lost)],
            ColumnsRenamed =
            [
                .. kept.Where(column => after.Columns[column.Key].Name != column.Value.Name)
                    .Select(column => (column.Value.Name, after.Columns[column.Key].Name)),
            ],
            TypesChanged =
            [
                .. kept.Where(column => after.Columns[column.Key].Type != column.Value.Type).Select(column => column.Value.Name),
            ],
            NotNull =
            [
                .. kept.Where(column => after.Columns[column.Key].NotNull && !column.Value.NotNull).Select(column => column.Value.Name),
            ],
            Checks = Validated(before, after, foreignKeys: false),
            ForeignKeys = Validated(before, after, foreignKeys: true),
            Indexes = Built(before, after),
        };
    }

    private IEnumerable<string> Lost(KeyValuePair<short, (string Name, string Type, bool NotNull, bool IsComputed)> column)
        => !column.Value.IsComputed && Original is not null && Original.Columns.TryGetValue(column.Key, out var original)
            ? [original.Name]
            : [];

    /// <summary>A constraint that an earlier release has made may be validated without harm.</summary>
    private List<string> Validated(TableDefinition before, TableDefinition after, bool foreignKeys)
        =>
        [
            .. after.Constraints
                .Where(one => one.Value.IsForeignKey == foreignKeys && one.Value.IsValidated && !First.Constraints.ContainsKey(one.Key))
                .Where(one => !before.Constraints.TryGetValue(one.Key, out var known) || !known.IsValidated)
                .Select(one => one.Value.Name),
        ];

    /// <summary>An index of a new oid may have an old one's file: then nothing was built.</summary>
    private static List<string> Built(TableDefinition before, TableDefinition after)
    {
        var files = before.Indexes.Values.Select(index => index.FileNode).ToHashSet();
        return [.. after.Indexes.Values.Where(index => index.FileNode != 0 && !files.Contains(index.FileNode)).Select(index => index.Name)];
    }
}
