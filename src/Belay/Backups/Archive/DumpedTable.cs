namespace Belay.Backups.Archive;

/// <summary>A table that a dump of the whole database contains.</summary>
/// <param name="Oid">Its oid, by which the archive's table of contents names it too.</param>
/// <param name="Name">Schema and name as quote_ident writes them.</param>
/// <param name="HasRows">Whether pg_dump dumps rows of it: not of a partitioned table, whose partitions hold them.</param>
internal sealed record DumpedTable(uint Oid, string Name, bool HasRows);
