namespace Belay.Backups.Compression;

/// <summary>A compressed block that decompresses on its own.</summary>
/// <param name="Buffer">A pooled buffer; its user gives it back.</param>
/// <param name="Length">How much of it is used.</param>
internal sealed record EncodedFrame(byte[] Buffer, int Length);
