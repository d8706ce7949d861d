using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Verification;

/// <summary>Verifies a database after its release: runs the checks of all applied migrations in one read-only snapshot.</summary>
internal sealed class VerifyRunner(DatabaseConnector connector)
{
    /// <summary>The longest run of one check. The default is 60 seconds.</summary>
    public TimeSpan Timeout { get; init; } = CheckRunner.DefaultTimeout;

    /// <summary>Reads and runs the checks. Differences are in the report: see <see cref="VerificationReport.EnsurePassed"/>.</summary>
    /// <param name="applied">The applied migrations, in order; those without a <c>.verify.sql</c> add nothing,
    /// nor do those that were reworked later.</param>
    /// <exception cref="CheckFileException">A file of checks has faults; nothing was run.</exception>
    /// <exception cref="VerificationException">The connection broke before all checks had run.</exception>
    public Task<VerificationReport> RunAsync(IEnumerable<Migration> applied, CancellationToken cancellationToken)
        => RunAsync(
            CheckFile.Read(applied.Where(migration => !migration.IsReworked).Select(migration => migration.Verify).OfType<ScriptSource>()),
            cancellationToken);

    /// <summary>Reads and runs the checks of every <c>.verify.sql</c> in a folder, whatever the migrations beside them are.</summary>
    /// <param name="folder">The folder; one that is not there has no checks.</param>
    /// <exception cref="CheckFileException">A file of checks has faults; nothing was run.</exception>
    /// <exception cref="VerificationException">The connection broke before all checks had run.</exception>
    public Task<VerificationReport> RunFolderAsync(string folder, CancellationToken cancellationToken)
    {
        var paths = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.verify.sql").Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return RunAsync([.. paths.SelectMany(path => CheckFile.Parse(path, File.ReadAllText(path)))], cancellationToken);
    }

    private async Task<VerificationReport> RunAsync(IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        await using var connection = await connector.OpenAsItIsAsync("verify", cancellationToken);
        try
        {
            return await CheckRunner.RunAsync(connection, checks, Timeout, cancellationToken);
        }
        catch (NpgsqlException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VerificationException(
                $"Verification of {connector.Target.DisplayName} stopped: {exception.Message}",
                "check the server and the network; then run ./build.sh Verify",
                exception);
        }
    }
}
