using Belay.Storage;

namespace Belay.Releases.Recording;

/// <summary>Where the records of a database are stored.</summary>
/// <param name="Open">Opens the store; called when the run has ended.</param>
/// <param name="StoreName">The store as people may see it.</param>
/// <param name="Database">The database's name, without its server.</param>
internal sealed record RecordPlace(Func<IBackupStore> Open, string StoreName, string Database);
