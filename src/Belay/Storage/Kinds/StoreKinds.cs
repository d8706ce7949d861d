using Belay.Storage.Azure;
using Belay.Storage.Folder;
using Belay.Storage.S3;

namespace Belay.Storage.Kinds;

/// <summary>The kinds of stores that there are. Another one is a room of its own and a name here.</summary>
internal static class StoreKinds
{
    public static IReadOnlyList<IStoreKind> All { get; } = [new AzureStoreKind(), new S3StoreKind(), new FolderStoreKind()];
}
