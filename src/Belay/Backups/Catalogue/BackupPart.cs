namespace Belay.Backups.Catalogue;

/// <summary>One stored object of a dump.</summary>
/// <param name="File">Its name in the directory that pg_restore reads, for example <c>toc.dat</c>; empty
/// for a dump that is one archive.</param>
/// <param name="Size">The stored size in bytes.</param>
/// <param name="Sha256">SHA-256 of the stored bytes, lower-case hexadecimal.</param>
/// <param name="ObjectVersion">The store's own mark of its version when it was last proven.</param>
public sealed record BackupPart(string File, string ObjectName, long Size, string Sha256, string? ObjectVersion);
