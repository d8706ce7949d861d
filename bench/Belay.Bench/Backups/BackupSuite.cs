using Belay.Postgres;
using Npgsql;
using Spectre.Console;

namespace Belay.Bench.Backups;

/// <summary>Backups of one generated database by several tools in one run.</summary>
internal sealed class BackupSuite(SuiteOptions options, IAnsiConsole console)
{
    /// <summary>Fills the database, runs everything and prints the tables. Leaves nothing behind.</summary>
    /// <exception cref="BelayException">A server or a tool failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var place = await BenchPlace.OpenAsync(
            Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "bench"), cancellationToken);
        await FillAsync(place, cancellationToken);
        await using var environment = await LibpqEnvironment.CreateAsync(place.Database, "belay bench", cancellationToken);
        var contest = new Contest(console, options.Rounds);
        var results = await contest.RunAsync(
            options.Choose(await ContestantsAsync(place, environment.Variables, cancellationToken)), cancellationToken);
        var codecs = await contest.RunAsync(options.Choose(new BelayContestants(place).ByCodec()), cancellationToken);
        new BackupTables(console).Print(results, codecs);
    }

    private static async Task<IReadOnlyList<Contestant>> ContestantsAsync(
        BenchPlace place, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var dumps = new DumpContestants(place, variables);
        return
        [
            dumps.Create("a", ["-Fc"]),
            dumps.Create("b", ["-Fc", "-Z0"]),
            RcloneContestant.Create(place, variables),
            await PgBackRestContestant.CreateAsync(place, variables, cancellationToken),
            .. new BelayContestants(place).Proofs(),
            BuildContestant.Create(place),
            .. new BelayContestants(place).Parallel(),
        ];
    }

    private async Task FillAsync(BenchPlace place, CancellationToken cancellationToken)
    {
        console.WriteLine($"Filling a database with {Quantity.Bytes(options.Bytes)} …");
        await using var connection = await new DatabaseConnector(place.Database).OpenAsync("bench", cancellationToken);
        await SampleData.FillAsync(connection, options.Bytes, cancellationToken);
        await using var size = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        var bytes = (long)(await size.ExecuteScalarAsync(cancellationToken))!;
        console.WriteLine(
            $"PostgreSQL {place.Tools.Version}, {Quantity.Count(Environment.ProcessorCount, "core")}, database {Quantity.Bytes(bytes)}, "
                + $"{Quantity.Count(options.Rounds, "round")}.");
    }
}
