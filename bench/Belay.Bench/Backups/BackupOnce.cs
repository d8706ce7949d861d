using Belay.Backups;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.Bench.Backups;

/// <summary>One backup by Belay, in a process of its own. Where from and where to stand in the environment,
/// because both hold secrets.</summary>
internal static class BackupOnce
{
    /// <summary>The word on the command line.</summary>
    public const string Verb = "backup-once";

    /// <summary>Whether the backup is read back after it was committed.</summary>
    public const string ReadbackOption = "--readback";

    /// <summary>The codec; the product's own choice when left out.</summary>
    public const string CompressionOption = "--compression";

    /// <summary>How many workers pg_dump has.</summary>
    public const string ParallelOption = "--parallel";

    /// <summary>The variables that the suite hands over, by the names that the product reads.</summary>
    /// <param name="prefix">The run's own prefix in the store.</param>
    public static Dictionary<string, string?> Variables(BenchPlace place, string prefix)
    {
        var target = place.Database;
        var login = $"{Uri.EscapeDataString(target.Username)}:{Uri.EscapeDataString(target.Password!.Reveal())}";
        return new()
        {
            ["PG_BIN"] = place.Tools.Folder,
            ["DATABASE_URL"] = $"postgresql://{login}@{target.Hosts[0]}/{target.Database}",
            ["BACKUP_STORE"] = place.Azurite.ConnectionString.Reveal(),
            ["BACKUP_CONTAINER"] = BenchPlace.Container,
            ["BACKUP_PREFIX"] = prefix,
        };
    }

    /// <summary>Takes the backup.</summary>
    public static async Task RunAsync(BackupSettings settings, bool readback, CancellationToken cancellationToken)
    {
        var database = DatabaseUrl.Parse(Variable("DATABASE_URL"));
        var location = StoreUrl.Parse(
            Variable("BACKUP_STORE"), new StoreOptions { Container = Variable("BACKUP_CONTAINER"), Prefix = Variable("BACKUP_PREFIX") });
        var tools = await PostgresInstallations.ReadAsync(Variable("PG_BIN"), "pg_dump", TimeProvider.System, cancellationToken)
            ?? throw new BenchException($"{Variable("PG_BIN")} has no pg_dump that runs.");
        var (store, output) = (StoreFactory.Open(location), new ErrorOutput());
        var request = new BackupRequest { Database = database, Settings = settings };
        var manifest = await new BackupRunner(store, tools, output, TimeProvider.System).RunAsync(request, cancellationToken);
        if (readback)
        {
            await new BackupProver(store, tools, output, TimeProvider.System).ProveAsync(manifest, ProofLevel.Readback, cancellationToken);
        }
    }

    private static string Variable(string name)
        => Environment.GetEnvironmentVariable(name) ?? throw new SettingsException($"{name} is not set", "./build.sh Bench --suite backup");
}
