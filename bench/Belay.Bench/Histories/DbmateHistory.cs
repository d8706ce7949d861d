using System.Diagnostics;
using System.Runtime.InteropServices;
using Belay.Local;
using Belay.Postgres;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;
using Npgsql;

namespace Belay.Bench.Histories;

/// <summary>dbmate on a copy of the files with its own header; its history table is in a schema of its own, so that schemas can be compared.</summary>
/// <param name="place">The server.</param>
/// <param name="program">dbmate's path.</param>
internal sealed class DbmateHistory(HistoryPlace place, string program) : IHistoryTool
{
    private static readonly NpmPackage Dbmate = new(
        "Dbmate", typeof(DbmateHistory).Assembly, "a migration tool to measure beside Belay", (message, hint, _) => new BenchException(message, hint));

    public string Name => "dbmate";

    /// <summary>Installs dbmate; null where its package has no program for this machine.</summary>
    public static async Task<IHistoryTool?> CreateAsync(HistoryPlace place, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return null;
        }

        var modules = await NpmInstallation.EnsureAsync(Dbmate, Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "dbmate"), cancellationToken);
        return new DbmateHistory(place, Path.Combine(modules, "@dbmate", "linux-x64", "bin", "dbmate"));
    }

    public async Task<(int Applied, string? Failure, double Seconds)> RunAsync(History history, DatabaseTarget database, CancellationToken cancellationToken)
    {
        var folder = place.NewFolder("dbmate");
        foreach (var (migration, index) in history.Set.Migrations.Select((migration, index) => (migration, index)))
        {
            var header = migration.Directives.NoTransaction ? "-- migrate:up transaction:false" : "-- migrate:up";
            await File.WriteAllTextAsync(Path.Combine(folder, $"{index + 1:0000}_migration.sql"), $"{header}\n{migration.Text}\n-- migrate:down\n", cancellationToken);
        }

        var login = $"{Uri.EscapeDataString(database.Username)}:{Uri.EscapeDataString(database.Password?.Reveal() ?? "")}";
        var begun = Stopwatch.GetTimestamp();
        var result = await Cli.Wrap(program)
            .WithArguments(["--no-dump-schema", "--migrations-dir", folder, "--migrations-table", "dbmate.schema_migrations", "migrate"])
            .WithEnvironmentVariables(variables => variables.Set("DATABASE_URL", $"postgres://{login}@{database.Hosts[0]}/{database.Database}?sslmode=disable"))
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var applied = await CountAsync(database, cancellationToken);
        return (applied, result.ExitCode == 0 ? null : Redaction.Apply($"{history.Set.Migrations[Math.Min(applied, history.Set.Migrations.Count - 1)].FileName}: {result.StandardError.Trim()}"), seconds);
    }

    private static async Task<int> CountAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(database).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*)::int FROM dbmate.schema_migrations", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
