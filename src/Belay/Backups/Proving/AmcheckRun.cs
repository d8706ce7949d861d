using System.ComponentModel;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Runs pg_amcheck on a restored database where PostgreSQL has it (14 and newer, with the extension amcheck).</summary>
/// <param name="output">Takes a warning where it should have run and could not: that is no check which found nothing.</param>
internal sealed class AmcheckRun(PostgresTools tools, IReleaseOutput output)
{
    private const int FirstMajor = 14;

    private const string IsInstalled = "SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'amcheck')";

    private const string Forbidden = """
        SELECT min(p.proname::text) FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid
        JOIN pg_catalog.pg_proc p ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = d.objid
        WHERE e.extname = 'amcheck' AND p.proname IN ('bt_index_check', 'verify_heapam')
            AND NOT pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
        """;

    /// <summary>pg_amcheck lifts none of the limits that a role or a server may set, and would take what they end for damage.</summary>
    private static readonly string[] Limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];

    /// <summary>Runs it and returns the fact for the manifest. The database has no extension more afterwards than before.</summary>
    /// <exception cref="BackupException">It found damage.</exception>
    public async Task<string> RunAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(target, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            return Left($"{tools.PathOf("pg_amcheck")} cannot be started: {ProgramStart.Why(exception)}");
        }
    }

    private static async Task<object?> AskAsync(DatabaseTarget target, string question, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("proof", cancellationToken);
        return await connection.ScalarAsync(question, cancellationToken);
    }

    private async Task<string> LookAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        if (!File.Exists(tools.PathOf("pg_amcheck")))
        {
            return Left($"{tools.Folder} has none", isMissing: tools.Major >= FirstMajor);
        }

        var wasInstalled = await AskAsync(target, IsInstalled, cancellationToken) is true;
        var (outcome, found) = await CheckAsync(target, cancellationToken);
        var forbidden = outcome.ExitCode == 0 ? null : await AskAsync(target, Forbidden, cancellationToken) as string;
        if (!wasInstalled)
        {
            // A migration may make the extension itself.
            await AskAsync(target, "DROP EXTENSION IF EXISTS amcheck", cancellationToken);
        }

        return outcome.ExitCode switch
        {
            0 => "pg_amcheck found nothing",
            _ when forbidden is not null => Left($"{target.Username} may not run its function {forbidden}"),
            2 when found.Length > 0 && AmcheckFaults.AreOfServer(found) => Left($"the server gave out: {found.ReplaceLineEndings(" ")}"),
            2 when found.Length > 0 => throw new BackupException(
                $"pg_amcheck found damage in the restored database:\n{found}", "Take a new backup: ./build.sh Backup"),
            _ => Left($"it {outcome.Describe().ReplaceLineEndings(" ")}"),
        };
    }

    private async Task<(ProgramOutcome Outcome, string Found)> CheckAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        var lifting = string.Concat(Limits.Select(limit => $" -c {limit}=0"));
        var options = new Dictionary<string, string>(target.Options)
        {
            ["options"] = $"{target.Options.GetValueOrDefault("options")}{lifting}".TrimStart(),
        };
        await using var environment = await LibpqEnvironment.CreateAsync(
            target with { Options = options }, "belay proof", cancellationToken);
        var found = "";
        var outcome = await new PostgresProgram(tools, "pg_amcheck")
        {
            // What follows --database is a pattern, for which Shop is shop, and a name with a dot an error.
            Arguments = ["--no-password", "--install-missing", $"--jobs={RestoreJobs.Checking}", LibpqEnvironment.NameOf(target)],
            Variables = new Dictionary<string, string?>(environment.Variables) { ["PGCLIENTENCODING"] = "UTF8" },
            Take = async (stream, token) =>
            {
                using var reader = new StreamReader(stream, leaveOpen: true);
                found = (await reader.ReadToEndAsync(token)).Trim();
            },
        }.RunAsync(cancellationToken);
        return (outcome, found);
    }

    private string Left(string reason, bool isMissing = true)
    {
        if (isMissing)
        {
            output.Warn($"pg_amcheck did not look for damage in the restored database: {reason}");
        }

        return $"pg_amcheck not run: {reason}";
    }
}
