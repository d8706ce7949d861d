using Belay.Backups.Catalogue;

namespace Belay.IntegrationTests.Backups;

/// <summary>A backup with the bytes of its objects.</summary>
/// <param name="Objects">Each object of dump and roles by its name.</param>
internal sealed record PlantedBackup(BackupManifest Manifest, IReadOnlyDictionary<string, byte[]> Objects);
