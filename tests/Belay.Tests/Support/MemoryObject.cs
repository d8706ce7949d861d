using Belay.Storage;

namespace Belay.Tests.Support;

/// <summary>One object of a <see cref="MemoryStore"/>.</summary>
internal sealed record MemoryObject(byte[] Content, DateTimeOffset LastModified, string Version)
{
    public StoredObject Describe(string name, string? protection)
        => new(name, Content.Length, LastModified, Version) { Protection = protection };
}
