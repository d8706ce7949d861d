namespace Belay.Migrations.Observation;

/// <summary>What one statement did to one table or view that was there before.</summary>
internal sealed record TableEffect
{
    /// <summary>Its name with its schema as the database has it, quoted where SQL needs that.</summary>
    public required string Table { get; init; }

    /// <summary>Its size in bytes before, with TOAST; that of all partitions for a partitioned table.</summary>
    public long Bytes { get; init; }

    /// <summary>About how many rows it had.</summary>
    public long Rows { get; init; }

    /// <summary>How many other sessions used it when the trial began.</summary>
    public long Users { get; init; }

    /// <summary>Whether it holds rows itself: views and partitioned tables do not.</summary>
    public bool HasRows { get; init; }

    /// <summary>Whether it is a partition, which follows its table.</summary>
    public bool IsPartition { get; init; }

    /// <summary>Whether its rows can be made again: it is a view or a materialized one.</summary>
    public bool IsView { get; init; }

    /// <summary>The strongest lock that the statement was the first of the transaction to take; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether it was read, from first to last or by an index.</summary>
    public bool IsRead { get; init; }

    /// <summary>The rows read from first to last.</summary>
    public long RowsRead { get; init; }

    /// <summary>The rows inserted.</summary>
    public long RowsInserted { get; init; }

    /// <summary>The rows updated.</summary>
    public long RowsUpdated { get; init; }

    /// <summary>The rows deleted.</summary>
    public long RowsDeleted { get; init; }

    /// <summary>Whether it was written anew.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>Whether it was emptied at one stroke, as by TRUNCATE.</summary>
    public bool IsEmptied { get; init; }

    /// <summary>What changed in its definition.</summary>
    public TableChange Change { get; init; } = TableChange.None;

    /// <summary>Whether readers and writers are kept away from here to the end of the transaction. Where an earlier file of the same trial
    /// has the lock already, the change says it.</summary>
    public bool ShutsOut => Lock == "AccessExclusiveLock" || IsRewritten || IsEmptied || Change.ShutsOut;

    /// <summary>About how many bytes the statement went through.</summary>
    public long Work => IsRewritten || Change.Indexes.Count > 0 ? Bytes : ShareOf(Math.Max(RowsRead, RowsUpdated + RowsDeleted));

    /// <summary>About how many bytes some of its rows have.</summary>
    public long ShareOf(long rows)
        => rows == 0 ? 0 : (long)(Bytes * Math.Min(1.0, (double)rows / Math.Max(1, Math.Max(Rows, Math.Max(RowsRead, rows)))));

    /// <summary>The table with its figures.</summary>
    public override string ToString()
        => $"{Table}: {Quantity.Bytes(Bytes)}, about {Quantity.Count(Rows, "row")}"
            + (Users == 0 ? "" : $", {Quantity.Count(Users, "session uses", "sessions use")} it now");
}
