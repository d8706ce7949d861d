using System.Globalization;
using Belay.Postgres;
using CliWrap;
using CliWrap.Buffered;
using Npgsql;

namespace Belay.Bench.Backups;

/// <summary>pgBackRest's full backup to a folder: physical, so it copies files, indexes and all, instead of dumping rows.</summary>
internal static class PgBackRestContestant
{
    private const string Name = "pgBackRest full backup (zst, 2 processes), to a folder";

    /// <summary>The repository's link "latest" leads to the newest backup, which would count twice.</summary>
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Makes the contestant and its repository.</summary>
    /// <param name="variables">How libpq reaches the server.</param>
    public static async Task<Contestant> CreateAsync(
        BenchPlace place, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        if (InstalledProgram.Find("pgbackrest") is not { } program)
        {
            return LeftOut("pgBackRest is not installed: apt-get install pgbackrest");
        }

        var repository = place.NewFolder("pgbackrest");
        var options = Options(place, repository, await ReadDataFolderAsync(place, cancellationToken));
        var created = await Cli.Wrap(program).WithArguments([.. options, "stanza-create"]).WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
        return created.ExitCode != 0
            ? LeftOut(
                $"pgbackrest stanza-create ended with {created.ExitCode}: "
                    + $"{Redaction.Apply((created.StandardOutput + created.StandardError).Trim())}")
            : new Contestant
            {
                Key = "d",
                Name = Name,
                Command =
                [
                    program,
                    .. options,
                    "--type=full",
                    "--start-fast",
                    "--no-archive-check",
                    "--compress-type=zst",
                    "--process-max=2",
                    "--repo1-retention-full=1",
                    "backup",
                ],
                Environment = variables,
                CollectAsync = _ => Task.FromResult(SizeOf(repository)),
            };
    }

    private static Contestant LeftOut(string reason) => new() { Key = "d", Name = Name, LeftOut = reason };

    /// <summary>Without a socket path pgBackRest leaves the host to libpq, which takes it from the environment.</summary>
    private static string[] Options(BenchPlace place, string repository, string data) =>
    [
        "--no-config",
        "--stanza=bench",
        $"--pg1-path={data}",
        $"--pg1-port={place.Database.Hosts[0].Port.ToString(CultureInfo.InvariantCulture)}",
        $"--pg1-user={place.Database.Username}", $"--repo1-path={repository}", $"--lock-path={place.NewFolder("pgbackrest-locks")}",
        "--log-level-file=off", "--log-level-console=error", "--log-level-stderr=error",
    ];

    private static async Task<string> ReadDataFolderAsync(BenchPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(place.Database).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand("SHOW data_directory", connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static long SizeOf(string folder)
        => new DirectoryInfo(folder).EnumerateFiles("*", WithoutLinks).Sum(file => file.Length);
}
