namespace Belay.Backups.Catalogue;

/// <summary>How messages name an object of a dump.</summary>
internal static class BackupPartName
{
    public static string Of(BackupPart part) => $"{Kind(part)} '{part.ObjectName}'";

    /// <summary>The verb that goes with it: the roles are several.</summary>
    public static string Is(BackupPart part) => part.File == BackupName.GlobalsFile ? "are" : "is";

    private static string Kind(BackupPart part) => part.File switch
    {
        "" => "dump",
        BackupName.GlobalsFile => "roles and tablespaces",
        _ => "part",
    };
}
