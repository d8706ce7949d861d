using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Judges a backup as the store holds it now.</summary>
internal static class BackupJudge
{
    extension(CatalogBackup backup)
    {
        /// <summary>What is to be held of it.</summary>
        public BackupJudgement Judgement => new()
        {
            ObjectFault = backup.ReadFault ?? Dump(backup) ?? Globals(backup),
            SealFault = backup.SealFault,
            Level = BackupJudgement.LevelOf(backup.Manifest),
        };

        /// <summary>Whether each object is there, as the manifest says it.</summary>
        public bool IsComplete => backup.Judgement.ObjectFault is null;

        /// <summary>Whether it is whole and was read back, or more.</summary>
        public bool IsProven => backup.Judgement.IsProven;
    }

    private static string? Dump(CatalogBackup backup)
    {
        var kind = backup.Manifest.Parts is null ? "dump" : "part";
        return backup.Manifest.DumpParts.Select(part => Dump(kind, part, backup.Find(part))).FirstOrDefault(fault => fault is not null);
    }

    private static string? Dump(string kind, BackupPart part, StoredObject? found)
    {
        var which = part.File.Length == 0 ? "" : $" '{part.ObjectName}'";
        return found is null ? $"its {kind} '{part.ObjectName}' is missing"
            : found.Size != part.Size ? $"its {kind}{which} has {found.Size} bytes, the manifest says {part.Size}"
            : IsReplaced(part, found) ? $"its {kind}{which} was replaced after it was proven"
            : null;
    }

    private static string? Globals(CatalogBackup backup)
        => (backup.Manifest.GlobalsName, backup.GlobalsObject, backup.Manifest.Globals) switch
        {
            (null, _, _) => null,
            ({ } name, null, _) => $"its roles '{name}' are missing",
            (_, { } found, { } said) when found.Size != said.Size => $"its roles have {found.Size} bytes, the manifest says {said.Size}",
            (_, { } found, { } said) when IsReplaced(said, found) => "its roles were replaced after they were proven",
            _ => null,
        };

    private static bool IsReplaced(BackupPart said, StoredObject found) => said.ObjectVersion is { } version && version != found.Version;
}
