using Belay.Storage;

namespace Belay.IntegrationTests.Backups;

/// <summary>Holds a dump in the middle: the upload waits after so many bytes until it is let go.</summary>
internal sealed class HeldUpload(IBackupStore inner, long afterBytes)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IBackupStore Store => new InterceptedStore(inner) { BeforeWrite = HoldAsync };

    /// <summary>Waits until the dump has come so far; throws what the backup threw when it ended before.</summary>
    public async Task ReachedAsync(Task backup)
    {
        if (await Task.WhenAny(reached.Task, backup) == backup)
        {
            await backup;
            Assert.Fail("The backup ended before its upload was held.");
        }
    }

    public void Release() => released.TrySetResult();

    private async Task HoldAsync(long bytesSoFar, CancellationToken cancellationToken)
    {
        if (bytesSoFar >= afterBytes)
        {
            reached.TrySetResult();
            await released.Task.WaitAsync(cancellationToken);
        }
    }
}
