using System.Globalization;
using Belay.Postgres;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Rehearsals;

/// <summary>What somebody types who rehearses by hand: fetch the backup, <c>zstd -d</c>, <c>pg_restore -j</c> into a server that runs
/// already, <c>psql -f</c>.</summary>
internal sealed class PlainRestore(RehearsalPlace place)
{
    /// <summary>Does it, once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = place.Postgres.NewFolder("fetched");
        await place.RunAsync(["FetchBackup"], [("backup", "latest"), ("to", folder)], cancellationToken);
        var dump = Directory.EnumerateFiles(folder, "*.dump.zst", SearchOption.AllDirectories).Single();
        await ProgramAsync(
            "zstd", ["-q", "-d", dump, "-o", Path.ChangeExtension(dump, null)], new Dictionary<string, string?>(), cancellationToken);
        var target = await place.Postgres.CreateDatabaseAsync("plain", cancellationToken);
        await using var environment = await LibpqEnvironment.CreateAsync(target, "bench", cancellationToken);
        var jobs = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        await ProgramAsync(
            place.Postgres.Tools.PathOf("pg_restore"),
            ["--jobs", jobs, "--dbname", target.Database, Path.ChangeExtension(dump, null)],
            environment.Variables,
            cancellationToken);
        await ProgramAsync(
            place.Postgres.Tools.PathOf("psql"),
            ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", place.Script],
            environment.Variables,
            cancellationToken);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ProgramAsync(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var result = await ChildEnvironment.Program(path, variables).WithArguments(arguments).ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
        {
            throw new BenchException($"{path} ended with {result.ExitCode}: {result.StandardError.Trim()}");
        }
    }
}
