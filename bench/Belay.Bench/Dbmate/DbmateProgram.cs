using System.Runtime.InteropServices;
using Belay.Local.Node;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Dbmate;

/// <summary>dbmate from npm, pinned by its lock file.</summary>
internal static class DbmateProgram
{
    private static readonly NpmPackage Package = new(
        "Dbmate",
        typeof(DbmateProgram).Assembly,
        "a migration tool to measure beside Belay",
        (message, hint, _) => new BenchException(message, hint));

    /// <summary>Installs dbmate and returns its path; null where its package has no program for this machine.</summary>
    /// <exception cref="BenchException">npm is missing or failed.</exception>
    public static async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return null;
        }

        var modules = await NpmInstallation.EnsureAsync(
            Package, Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "dbmate"), TimeProvider.System, cancellationToken);
        return Path.Combine(modules, "@dbmate", "linux-x64", "bin", "dbmate");
    }

    /// <summary>Runs the pending migrations of a folder. Its history table is in a schema of its own, so
    /// that schemas can be compared.</summary>
    public static async Task<BufferedCommandResult> MigrateAsync(
        string program, string folder, DatabaseTarget database, CancellationToken cancellationToken)
    {
        var login = $"{Uri.EscapeDataString(database.Username)}:{Uri.EscapeDataString(database.Password?.Reveal() ?? "")}";
        return await Cli.Wrap(program)
            .WithArguments(["--no-dump-schema", "--migrations-dir", folder, "--migrations-table", "dbmate.schema_migrations", "migrate"])
            .WithEnvironmentVariables(
                variables => variables.Set("DATABASE_URL", $"postgres://{login}@{database.Hosts[0]}/{database.Database}?sslmode=disable"))
            .WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
    }
}
