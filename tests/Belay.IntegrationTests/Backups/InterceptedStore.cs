using Belay.Storage;

namespace Belay.IntegrationTests.Backups;

/// <summary>A store whose dump upload and small objects can be stopped or made to fail.</summary>
internal sealed class InterceptedStore(IBackupStore inner) : IBackupStore
{
    private const string Full = "The store is full.";

    /// <summary>Runs before each piece of an upload is passed on, with the bytes so far.</summary>
    public Func<long, CancellationToken, Task> BeforeWrite { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs before an object is created or its upload begins, with its name.</summary>
    public Action<string> BeforeCreate { get; init; } = _ => { };

    /// <summary>Runs before an object is deleted, with its name.</summary>
    public Func<string, Task> BeforeDelete { get; init; } = _ => Task.CompletedTask;

    /// <summary>A store that takes no more than so many bytes of an upload.</summary>
    public static InterceptedStore FullAt(IBackupStore inner, long bytes) => new(inner)
    {
        BeforeWrite = (sofar, _) => sofar >= bytes ? throw new StoreException(Full, "Make room.") : Task.CompletedTask,
    };

    /// <summary>A store that takes no object with such an end of its name.</summary>
    public static InterceptedStore FullFor(IBackupStore inner, string suffix) => new(inner)
    {
        BeforeCreate = name =>
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                throw new StoreException(Full);
            }
        },
    };

    public string DisplayName => inner.DisplayName;

    public Task ProbeAsync(CancellationToken cancellationToken) => inner.ProbeAsync(cancellationToken);

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken)
        => inner.ListAsync(prefix, cancellationToken);

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(name, cancellationToken);

    public async Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken)
    {
        BeforeCreate(name);
        return new InterceptedUpload(await inner.BeginUploadAsync(name, cancellationToken), BeforeWrite);
    }

    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BeforeCreate(name);
        return inner.CreateAsync(name, content, cancellationToken);
    }

    public Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => inner.ReplaceAsync(expected, content, cancellationToken);

    public Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken)
        => inner.UseAsync(name, lost, cancellationToken);

    public Task LabelAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
        => inner.LabelAsync(name, labels, cancellationToken);

    public async Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
    {
        await BeforeDelete(expected.Name);
        return await inner.DeleteAsync(expected, cancellationToken);
    }
}
