namespace Belay.Migrations.Observation;

/// <summary>What a transaction has done to a table so far.</summary>
/// <param name="Scans">How often it was read, from first to last or by an index.</param>
/// <param name="Read">The rows read from first to last.</param>
internal readonly record struct TableActivity(long Scans, long Read, long Inserted, long Updated, long Deleted)
{
    /// <summary>What was done since an earlier look.</summary>
    public TableActivity Since(TableActivity earlier)
        => new(
            Scans - earlier.Scans,
            Read - earlier.Read,
            Inserted - earlier.Inserted,
            Updated - earlier.Updated,
            Deleted - earlier.Deleted);
}
