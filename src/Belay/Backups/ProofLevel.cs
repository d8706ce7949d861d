namespace Belay.Backups;

/// <summary>How far a backup is proven. Each level includes those before it.</summary>
public enum ProofLevel
{
    /// <summary>Nothing is proven.</summary>
    None,

    /// <summary>The store accepted every block by its MD5, pg_dump ended with 0, and the archive's table
    /// of contents agrees with the live catalogue.</summary>
    Transport,

    /// <summary>Downloaded again: SHA-256 equal, and pg_restore decoded the archive to its end.</summary>
    Readback,

    /// <summary>Restored into a scratch server; rows could not be compared, because they were not counted when it was dumped.</summary>
    RestoredUncounted,

    /// <summary>Restored into a scratch server, with row counts equal to those of the dumped snapshot.</summary>
    Restored,
}
