using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Belay.Storage;

namespace Belay.Tests.Support;

/// <summary>A store in memory that can be damaged and made to fail at will.</summary>
public class MemoryStore(TimeProvider timeProvider) : IBackupStore
{
    private readonly ConcurrentDictionary<string, MemoryObject> objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MemoryMark, Action<string>> marks = [];
    private long lastVersion;

    public MemoryStore()
        : this(TimeProvider.System)
    {
    }

    public string DisplayName => "memory://store";

    public int Concurrency { get; init; } = 1;

    public BackupKey? RecordKey { get; init; }

    /// <summary>Called before every operation with its verb (probe, find, list, read, begin, write, commit, create, replace, use, label,
    /// protect, delete) and object; throw to make it fail.</summary>
    public Action<string, string> BeforeOperation { get; set; } = (_, _) => { };

    /// <summary>The names of the committed objects, in order.</summary>
    public IReadOnlyList<string> Names => objects.Keys.Order(StringComparer.Ordinal).ToList();

    /// <summary>The bytes of an object.</summary>
    public byte[] Bytes(string name) => objects[name].Content;

    /// <summary>Puts bytes under a name whatever was there, as somebody else's program would.</summary>
    public void Put(string name, byte[] content) => Put(name, content, timeProvider.GetUtcNow());

    /// <summary>Puts bytes under a name with a time of its own.</summary>
    public void Put(string name, byte[] content, DateTimeOffset lastModified)
        => objects[name] = new MemoryObject(content, lastModified, NextVersion());

    /// <summary>Removes an object without any condition.</summary>
    public void Remove(string name) => objects.TryRemove(name, out _);

    public Task ProbeAsync(CancellationToken cancellationToken)
    {
        Begin("probe", "", cancellationToken);
        return Task.CompletedTask;
    }

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        Begin("find", name, cancellationToken);
        return Task.FromResult(objects.TryGetValue(ObjectName.Check(name), out var found) ? found.Describe(name, Protection(name)) : null);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin("list", prefix, cancellationToken);
        await Task.Yield();
        foreach (var name in Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (objects.TryGetValue(name, out var found))
            {
                yield return found.Describe(name, Protection(name));
            }
        }
    }

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        Begin("read", name, cancellationToken);
        return objects.TryGetValue(name, out var found)
            ? Task.FromResult<Stream>(new MemoryStream(found.Content, writable: false))
            : throw new StoreException(
                $"There is no object '{name}' in {DisplayName}.", "./build.sh Status lists the backups that are there.");
    }

    public Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken)
    {
        Begin("begin", name, cancellationToken);
        return objects.ContainsKey(ObjectName.Check(name))
            ? throw Taken(name)
            : Task.FromResult<IObjectUpload>(new MemoryUpload(this, name));
    }

    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Begin("create", name, cancellationToken);
        var created = new MemoryObject(content.ToArray(), timeProvider.GetUtcNow(), NextVersion());
        return objects.GetOrAdd(ObjectName.Check(name), created).Content.AsSpan().SequenceEqual(content.Span)
            ? Task.CompletedTask
            : throw new StoreException(
                $"An object '{name}' with other bytes already exists in {DisplayName}; it was left as it is.",
                "Run the command again: every backup gets a new name.");
    }

    public Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Begin("replace", expected.Name, cancellationToken);
        var replacement = new MemoryObject(content.ToArray(), timeProvider.GetUtcNow(), NextVersion());
        return Task.FromResult(objects.TryGetValue(expected.Name, out var current)
            && current.Version == expected.Version
            && objects.TryUpdate(expected.Name, replacement, current));
    }

    public Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken)
    {
        Begin("use", name, cancellationToken);
        var mark = new MemoryMark(name, ended => marks.TryRemove(ended, out _));
        marks[mark] = lost;
        return objects.ContainsKey(name)
            ? Task.FromResult<IAsyncDisposable>(mark)
            : throw new StoreException(
                $"There is no object '{name}' in {DisplayName}.", "./build.sh Status lists the backups that are there.");
    }

    /// <summary>Ends every mark of an object as a store does that was not reached in time.</summary>
    public void LoseMarks(string name, string reason)
    {
        foreach (var (mark, lost) in marks.Where(pair => pair.Key.Name == name))
        {
            marks.TryRemove(mark, out _);
            lost(reason);
        }
    }

    public Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
    {
        Begin("delete", expected.Name, cancellationToken);
        if (Protection(expected.Name) is { } reason)
        {
            throw new ProtectedObjectException($"'{expected.Name}' of {DisplayName} cannot be deleted: {reason}.", reason);
        }

        return Task.FromResult(!objects.TryGetValue(expected.Name, out var current)
            || (current.Version == expected.Version && objects.TryRemove(KeyValuePair.Create(expected.Name, current))));
    }

    internal void Begin(string verb, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeOperation(verb, name);
    }

    internal StoredObject Commit(string name, byte[] content)
    {
        var created = new MemoryObject(content, timeProvider.GetUtcNow(), NextVersion());
        return objects.TryAdd(name, created) ? created.Describe(name, null) : throw Taken(name);
    }

    private string? Protection(string name)
        => marks.Keys.Any(mark => mark.Name == name) ? "it is in use by a proof, a restore or a migration" : null;

    /// <summary>The labels of each labelled object.</summary>
    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>What is reported when an object is made immutable until a time; nothing by default.</summary>
    public Func<DateTimeOffset, DateTimeOffset?> ReportedImmutability { get; set; } = _ => null;

    public Task LabelAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        Begin("label", name, cancellationToken);
        Labels[name] = labels;
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> MakeImmutableAsync(string name, DateTimeOffset until, CancellationToken cancellationToken)
    {
        Begin("protect", name, cancellationToken);
        return Task.FromResult(ReportedImmutability(until));
    }

    private StoreException Taken(string name)
        => new(
            $"An object '{name}' already exists in {DisplayName}; it was left as it is.",
            "Run the command again: every backup gets a new name.");

    private string NextVersion() => Interlocked.Increment(ref lastVersion).ToString(CultureInfo.InvariantCulture);
}
