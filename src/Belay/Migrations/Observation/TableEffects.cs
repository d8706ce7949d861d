namespace Belay.Migrations.Observation;

/// <summary>Puts together what one statement did to each table and view that was there before.</summary>
internal sealed class TableEffects(
    IReadOnlyDictionary<uint, CopiedRelation> relations,
    IReadOnlyDictionary<uint, TableActivity> activity,
    IReadOnlyDictionary<uint, TableChange> changes)
{
    /// <summary>The locks that it was the first of its transaction to take.</summary>
    public required IReadOnlyList<(uint Relation, string Mode)> Locks { get; init; }

    /// <summary>The tables that it wrote anew.</summary>
    public required IReadOnlyList<uint> Rewritten { get; init; }

    /// <summary>The tables that it emptied at one stroke.</summary>
    public required IReadOnlySet<uint> Emptied { get; init; }

    /// <summary>The effects in the order of names.</summary>
    public IReadOnlyList<TableEffect> List
        =>
        [
            .. Locks.Select(one => one.Relation).Concat(activity.Keys).Concat(changes.Keys).Concat(Rewritten).Concat(Emptied).Distinct()
                .Where(oid => relations.TryGetValue(oid, out var relation) && relation.IsTableOrView)
                .Select(oid => Of(oid, relations[oid]))
                .OrderBy(effect => effect.Table, StringComparer.Ordinal),
        ];

    private TableEffect Of(uint oid, CopiedRelation relation)
    {
        var done = activity.GetValueOrDefault(oid);
        return new TableEffect
        {
            Table = relation.Name,
            Bytes = relation.Bytes,
            Rows = relation.Rows,
            Users = relation.Users,
            HasRows = relation.HasRows,
            IsPartition = relation.Parent is not null,
            IsView = relation.Kind is 'v' or 'm',
            Lock = Locks.Where(one => one.Relation == oid).Select(one => one.Mode).MaxBy(LockMode.StrengthOf),
            IsRead = done.Scans > 0,
            RowsRead = done.Read,
            RowsInserted = done.Inserted,
            RowsUpdated = done.Updated,
            RowsDeleted = done.Deleted,
            IsRewritten = Rewritten.Contains(oid),
            IsEmptied = Emptied.Contains(oid),
            Change = changes.GetValueOrDefault(oid) ?? TableChange.None,
        };
    }
}
