using Belay.Servers;

namespace Belay.Backups.Proving;

/// <summary>Something that is done with a restored database before its server is thrown away.</summary>
/// <param name="RunAsync">Gets the server. What it throws stops the proof, which is not recorded then.</param>
internal sealed record RestoredUse(string Name, Func<IScratchServer, CancellationToken, Task> RunAsync);
