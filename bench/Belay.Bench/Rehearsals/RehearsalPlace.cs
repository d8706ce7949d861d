using Belay.Bench.Backups;
using Belay.Postgres;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Spectre.Console;

namespace Belay.Bench.Rehearsals;

/// <summary>A database with a backup in a folder and a migration for it.</summary>
internal sealed class RehearsalPlace(PostgresPlace postgres, DatabaseTarget database, string root, IAnsiConsole console)
{
    private const string Migration = """
        ALTER TABLE sample_1 ADD COLUMN currency text NOT NULL DEFAULT 'EUR';
        CREATE INDEX sample_1_created ON sample_1 (created);
        """;

    /// <summary>The server.</summary>
    public PostgresPlace Postgres => postgres;

    /// <summary>The migration's file.</summary>
    public string Script => Path.Combine(root, "migrations", "0001_currency.sql");

    /// <summary>The folder of everything.</summary>
    public string Root => root;

    /// <summary>Fills a database and takes a backup.</summary>
    /// <param name="bytes">The size of the database, about.</param>
    public static async Task<RehearsalPlace> CreateAsync(
        PostgresPlace postgres, long bytes, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var database = await postgres.CreateDatabaseAsync("sample", cancellationToken);
        await using (var connection = await new DatabaseConnector(database).OpenAsync("bench", cancellationToken))
        {
            await SampleData.FillAsync(connection, bytes, cancellationToken);
        }

        var place = new RehearsalPlace(postgres, database, postgres.NewFolder("release"), console);
        Directory.CreateDirectory(Path.Combine(place.Root, "store"));
        Directory.CreateDirectory(Path.GetDirectoryName(place.Script)!);
        await File.WriteAllTextAsync(place.Script, Migration, cancellationToken);
        await File.WriteAllTextAsync(
            Path.ChangeExtension(place.Script, ".rollback.sql"),
            "DROP INDEX sample_1_created;\nALTER TABLE sample_1 DROP COLUMN currency;\n",
            cancellationToken);
        await place.RunAsync(["Backup"], [], cancellationToken);
        return place;
    }

    /// <summary>Runs stages of a release.</summary>
    /// <param name="targets">The targets, as they would be typed.</param>
    /// <param name="given">Parameters besides, by their names.</param>
    /// <exception cref="BenchException">It failed.</exception>
    public async Task RunAsync(
        IReadOnlyList<string> targets, IReadOnlyList<(string Name, string Value)> given, CancellationToken cancellationToken)
    {
        await using var errors = new StringWriter();
        var session = new ReleaseSession(new ReleaseHost
        {
            Input = new SettingsInput
            {
                RootFolder = root,
                Environment = new Dictionary<string, string>
                {
                    ["DATABASE_URL"] = $"host={database.Hosts[0].Name} port={database.Hosts[0].Port} dbname={database.Database} "
                        + $"user={database.Username} password={database.Password!.Reveal()} sslmode=disable",
                    ["BACKUP_STORE"] = new Uri(Path.Combine(root, "store")).AbsoluteUri,
                },
                Given = given.ToDictionary(pair => pair.Name, pair => pair.Value),
            },
            Output = new RehearsalOutput(console),
            Errors = errors,
            TimeProvider = TimeProvider.System,
        });
        var outcome = await session.RunAsync(
            ReleasePlan.Of(targets, ReleaseOrder.Of(targets).Select(stage => stage.Name), isDryRun: false), cancellationToken);
        if (outcome.ExitCode != ExitCodes.Done)
        {
            throw new BenchException($"{string.Join(' ', targets)} ended with {outcome.ExitCode}: {errors}");
        }
    }
}
