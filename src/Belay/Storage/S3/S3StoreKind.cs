namespace Belay.Storage.S3;

/// <summary>Buckets of S3 and of servers that speak its protocol: <c>s3://bucket[/prefix]</c>.</summary>
internal sealed class S3StoreKind : IStoreKind
{
    public string Scheme => "s3";

    public bool Looks(string text) => S3StoreAddress.Looks(text);

    public StoreLocation Read(string text, StoreOptions options) => S3StoreAddress.Read(text, options);

    public IBackupStore? Open(StoreLocation location, TimeProvider timeProvider)
        => location is S3StoreLocation bucket ? new S3Store(bucket, new S3StoreOptions { TimeProvider = timeProvider }) : null;
}
