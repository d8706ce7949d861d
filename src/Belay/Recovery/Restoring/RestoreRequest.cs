using Belay.Backups.Catalogue;
using Belay.Settings;

namespace Belay.Recovery.Restoring;

/// <summary>What is restored, and where to.</summary>
internal sealed record RestoreRequest
{
    /// <summary>The backup.</summary>
    public required BackupManifest Backup { get; init; }

    /// <summary>The database that is replaced or made; for <see cref="NewName"/>, one of the same server.</summary>
    public required DatabaseTarget Target { get; init; }

    /// <summary>The name of a database to be made beside; null to restore in place of the target.</summary>
    public string? NewName { get; init; }

    /// <summary>Whether sessions of the replaced database are ended. The default is no: they stop the restore.</summary>
    public bool EndsSessions { get; init; }

    /// <summary>What was typed as the confirmation; null for nothing.</summary>
    public string? Confirmation { get; init; }

    /// <summary>The name of the database that there is afterwards.</summary>
    public string Name => NewName ?? Target.Database;
}
