namespace Belay.Tests.Support;

/// <summary>A mark on an object of a <see cref="MemoryStore"/>.</summary>
internal sealed class MemoryMark(string name, Action<MemoryMark> end) : IAsyncDisposable
{
    public string Name => name;

    public ValueTask DisposeAsync()
    {
        end(this);
        return ValueTask.CompletedTask;
    }
}
