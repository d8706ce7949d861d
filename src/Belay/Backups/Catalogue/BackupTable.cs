namespace Belay.Backups.Catalogue;

/// <summary>A table of the dumped snapshot.</summary>
/// <param name="Oid">Its oid in the dumped database; the archive's table of contents has it too.</param>
/// <param name="Name">Schema and name as quote_ident writes them.</param>
/// <param name="HasRows">Whether the dump has an entry for its rows: not of a partitioned table, whose partitions hold them.</param>
public sealed record BackupTable(uint Oid, string Name, bool HasRows);
