using Belay.Servers;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Something that is done with a restored database before its server is thrown away.</summary>
/// <param name="RunAsync">Gets the server. What it throws stops the proof, which is not recorded then.</param>
internal sealed record RestoredUse(string Name, Func<IScratchServer, CancellationToken, Task> RunAsync)
{
    /// <summary>What is done with the restored database while it is compared and checked, so that it may change nothing of what was
    /// restored. A failure stops the proof. The default is nothing.</summary>
    public Func<DatabaseTarget, CancellationToken, Task> Meanwhile { get; init; } = (_, _) => Task.CompletedTask;
}
