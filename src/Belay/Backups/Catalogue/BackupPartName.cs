namespace Belay.Backups.Catalogue;

/// <summary>How messages name an object of a dump.</summary>
internal static class BackupPartName
{
    public static string Of(BackupPart part) => $"{(part.File.Length == 0 ? "dump" : "part")} '{part.ObjectName}'";
}
