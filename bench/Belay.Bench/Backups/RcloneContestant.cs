using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace Belay.Bench.Backups;

/// <summary><c>pg_dump -Fc | rclone rcat</c> into the same Azurite: how people stream dumps into a container.</summary>
internal static class RcloneContestant
{
    private const string Name = "pg_dump -Fc | rclone rcat, into Azurite";
    private const string Prefix = "rclone";
    private const string Pipeline = "set -o pipefail; \"$1\" -Fc | \"$2\" rcat \"$3\"";

    private static readonly TimeSpan SignatureLife = TimeSpan.FromDays(1);

    /// <summary>Makes the contestant.</summary>
    /// <param name="variables">How libpq reaches the database.</param>
    public static Contestant Create(BenchPlace place, IReadOnlyDictionary<string, string?> variables)
    {
        if (InstalledProgram.Find("rclone") is not { } rclone || InstalledProgram.Find("bash") is not { } bash)
        {
            return new Contestant { Key = "c", Name = Name, LeftOut = "rclone is not installed: apt-get install rclone" };
        }

        return new Contestant
        {
            Key = "c",
            Name = Name,
            Command =
            [
                bash, "-c", Pipeline, "bash", place.Tools.PathOf("pg_dump"), rclone, $"bench:{BenchPlace.Container}/{Prefix}/sample.dump",
            ],
            Environment = new Dictionary<string, string?>(variables)
            {
                ["RCLONE_CONFIG"] = Path.Combine(place.NewFolder(Prefix), "rclone.conf"),
                ["RCLONE_CONFIG_BENCH_TYPE"] = "azureblob",
                ["RCLONE_CONFIG_BENCH_SAS_URL"] = SignedContainer(place),
            },
            CollectAsync = cancellationToken => StoredObjects.CollectAsync(place.Store(Prefix), cancellationToken),
        };
    }

    private static string SignedContainer(BenchPlace place)
    {
        var container = new BlobContainerClient(place.Azurite.ConnectionString.Reveal(), BenchPlace.Container);
        var address = container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow() + SignatureLife);
        return new Secret(address.AbsoluteUri).Reveal();
    }
}
