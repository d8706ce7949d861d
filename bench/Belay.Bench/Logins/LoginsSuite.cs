using System.Diagnostics;
using Belay.Local;
using Belay.Postgres;
using Npgsql;
using Spectre.Console;

namespace Belay.Bench.Logins;

/// <summary>Logins while a migration waits for a reporting transaction, by several tools in one run.</summary>
internal sealed class LoginsSuite(LoginsOptions options, IAnsiConsole console)
{
    /// <summary>A file or a pipe has no width, so Spectre assumes 80 columns and breaks lines.</summary>
    private const int SmallestWidth = 160;

    /// <summary>The report is under way when the migration comes.</summary>
    private static readonly TimeSpan MigrationComes = TimeSpan.FromSeconds(1);

    private readonly LoginsOutput output = new(console);

    /// <summary>Fills the table, runs every tool and prints the table of results. Leaves nothing behind.</summary>
    /// <exception cref="BelayException">A server or a tool failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, SmallestWidth);
        console.WriteLine($"Making {options.Users} users …");
        await using var place = await LoginsPlace.OpenAsync(
            Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "bench-logins"), options.Users, cancellationToken);
        await using var api = await LoginApiServer.StartAsync(place.Api, cancellationToken);
        console.WriteLine(
            $"PostgreSQL {place.Tools.Version}, {Quantity.Count(Environment.ProcessorCount, "core")}, "
                + $"{Quantity.Count(LoginsOptions.Clients, "client")}, {Quantity.Count(options.Rounds, "round")}.");
        var results = new List<LoginsResult>();
        IReadOnlyList<IMigrationTool> tools = await ToolsAsync(place, cancellationToken);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var tool in tools)
            {
                await place.ResetAsync(cancellationToken);
                results.Add(await MeasureAsync(place, api.LoginUrl, tool, cancellationToken));
                console.WriteLine(
                    $"round {round}/{options.Rounds}  {tool.Name,-8} longest login {results[^1].Longest:0} ms, migration "
                        + $"{Quantity.Duration(results[^1].Migration)}");
            }
        }

        new LoginsTable(console).Print(results);
    }

    private async Task<IReadOnlyList<IMigrationTool>> ToolsAsync(LoginsPlace place, CancellationToken cancellationToken) =>
    [
        await BelayTool.CreateAsync(place, output, cancellationToken),
        new PsqlTool(place),
        .. await DbmateTool.CreateAsync(place, cancellationToken) is { } dbmate ? [dbmate] : Array.Empty<IMigrationTool>(),
        new NpgsqlTool(place),
    ];

    private async Task<LoginsResult> MeasureAsync(LoginsPlace place, Uri login, IMigrationTool tool, CancellationToken cancellationToken)
    {
        await using var load = new LoginLoad(login, options.Users);
        await Task.Delay(LoginsOptions.Calm, cancellationToken);
        load.Clear();
        var report = ReportAsync(place, cancellationToken);
        await Task.Delay(MigrationComes, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        await tool.RunAsync(cancellationToken);
        var migration = Stopwatch.GetElapsedTime(begun);
        await report;
        await Task.Delay(LoginsOptions.Calm, cancellationToken);
        var (milliseconds, failures) = await load.StopAsync();
        return await place.IsMigratedAsync(cancellationToken)
            ? new LoginsResult(tool.Name, milliseconds, failures, migration) { AfterReport = migration + MigrationComes - options.Report }
            : throw new BenchException($"{tool.Name} ended without an error, but the column is not there");
    }

    /// <summary>A transaction that has read the table keeps its ACCESS SHARE lock until its end.</summary>
    private async Task ReportAsync(LoginsPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(place.Owner).OpenAsync("report", cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT FROM \"user\" LIMIT 1", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(options.Report, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
