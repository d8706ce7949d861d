using System.Security.Cryptography;
using System.Text;
using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>A committed dump, of one object or of many.</summary>
/// <param name="Parts">Each with what the manifest says of it, in the order of their files.</param>
/// <param name="Objects">The same objects, as the store reports them.</param>
/// <param name="Blocks">How many blocks the store accepted.</param>
internal sealed record StoredDump(IReadOnlyList<BackupPart> Parts, IReadOnlyList<StoredObject> Objects, int Blocks)
{
    public long Size => Parts.Sum(part => part.Size);

    /// <summary>SHA-256 of a list of parts, as <c>sha256sum</c> prints it: hash, two spaces, file.</summary>
    public static string HashOf(IEnumerable<BackupPart> parts)
    {
        var list = string.Concat(parts.OrderBy(part => part.File, StringComparer.Ordinal).Select(part => $"{part.Sha256}  {part.File}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
    }
}
