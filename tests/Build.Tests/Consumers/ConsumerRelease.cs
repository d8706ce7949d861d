using Belay.Servers;
using Belay.Settings;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>What another team releases with a build of its own: database, migrations, store and login.</summary>
internal sealed class ConsumerRelease : IAsyncDisposable
{
    private const string Before =
        "CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, password text NOT NULL);"
        + "INSERT INTO customer (name, password) VALUES ('ann', 'open sesame');";

    private static int count;

    private readonly string folder = TestFolder.NewOutside("consumer-release");
    private readonly string assembly;
    private readonly DatabaseTarget target;
    private readonly ConsumerLogin login;
    private readonly Dictionary<string, string?> environment;

    private ConsumerRelease(string assembly, DatabaseTarget target, int port)
    {
        this.assembly = assembly;
        this.target = target;
        login = new ConsumerLogin(target, FreePort.Next());
        Directory.CreateDirectory(Path.Combine(folder, ".nuke"));
        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;
        environment = new()
        {
            ["DATABASE_URL"] = $"postgresql://{target.Username}:{target.Password?.Reveal()}@127.0.0.1:{port}/{target.Database}",
            ["BACKUP_STORE"] = new Uri(store).AbsoluteUri,
            ["SMOKE_URL"] = login.Url.ToString(),
            ["SMOKE_USERNAME"] = "ann",
            ["SMOKE_PASSWORD"] = "open sesame",
            ["GITHUB_STEP_SUMMARY"] = null,
            ["NUKE_TELEMETRY_OPTOUT"] = "1",
            ["LC_ALL"] = "de_DE.UTF-8",
        };
        Write("0001_currency.sql", "ALTER TABLE customer ADD COLUMN currency text NOT NULL DEFAULT 'EUR';\n");
        Write(
            "0001_currency.verify.sql",
            "-- check: every customer has a currency\n-- expect: no rows\nSELECT id FROM customer WHERE currency IS NULL;\n");
    }

    /// <summary>The password of the database's owner.</summary>
    public string Password => target.Password!.Reveal();

    public static async Task<ConsumerRelease> NewAsync(ReleaseWorld world, ConsumerBuild build)
    {
        var name = $"consumer_{Interlocked.Increment(ref count)}";
        await world.Server.Target("postgres").ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0", Token);
        await world.Server.Target(name).ExecuteAsync(Before, Token);
        return new ConsumerRelease(build.Assembly, world.Server.Target(name), world.Server.Port);
    }

    /// <summary>What a person exports before typing.</summary>
    public void Export(string name, string value) => environment[name] = value;

    /// <summary>Writes a file of the folder of migrations.</summary>
    public void Write(string file, string text)
    {
        var migrations = Directory.CreateDirectory(Path.Combine(folder, "db", "migrations")).FullName;
        File.WriteAllText(Path.Combine(migrations, file), text);
    }

    /// <summary>Starts the build; words are parted by blanks.</summary>
    public RunningBuild Start(string words) => RunningBuild.Start(new BuildCommand
    {
        Script = "dotnet",
        Arguments = [assembly, .. words.Split(' ')],
        Folder = folder,
        Environment = environment,
    });

    /// <summary>Runs the build to its end.</summary>
    public async Task<BuildOutcome> RunAsync(string words)
    {
        using var running = Start(words);
        return await running.EndAsync(Token);
    }

    /// <summary>The records of the runs, as JSON.</summary>
    public IReadOnlyList<string> Records()
        => Directory.Exists(Path.Combine(folder, "artifacts"))
            ? [
                .. Directory.GetFiles(Path.Combine(folder, "artifacts"), "release-*.json")
                    .OrderBy(File.GetLastWriteTimeUtc)
                    .Select(File.ReadAllText),
            ]
            : [];

    /// <summary>What runs left in the folder for what they need meanwhile, without the engine's own files.</summary>
    public IReadOnlyList<string> Leftovers()
        => Directory.Exists(Path.Combine(folder, ".nuke", "temp"))
            ? [.. Directory.EnumerateFileSystemEntries(Path.Combine(folder, ".nuke", "temp"))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => !name.StartsWith("build", StringComparison.Ordinal))]
            : [];

    /// <summary>Whether the migration's column is there.</summary>
    public async Task<bool> IsMigratedAsync() => await target.ScalarAsync(
        "SELECT count(*) FROM information_schema.columns WHERE table_name = 'customer' AND column_name = 'currency'", Token) is 1L;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await login.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
