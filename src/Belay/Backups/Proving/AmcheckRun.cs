using Belay.Postgres;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Runs pg_amcheck on a restored database where PostgreSQL has it (14 and newer, with the extension amcheck).</summary>
internal static class AmcheckRun
{
    /// <summary>Runs it and returns the fact for the manifest.</summary>
    /// <exception cref="BackupException">It found damage.</exception>
    public static async Task<string> RunAsync(PostgresTools tools, DatabaseTarget target, CancellationToken cancellationToken)
    {
        if (!File.Exists(tools.PathOf("pg_amcheck")))
        {
            return $"pg_amcheck not run: {tools.Folder} has none";
        }

        await using var environment = await LibpqEnvironment.CreateAsync(target, "belay proof", cancellationToken);
        var found = "";
        var outcome = await new PostgresProgram(tools, "pg_amcheck")
        {
            Arguments = ["--no-password", "--install-missing", $"--jobs={RestoreJobs.Checking}", "--database", target.Database],
            Variables = environment.Variables,
            Take = async (stream, token) =>
            {
                using var reader = new StreamReader(stream, leaveOpen: true);
                found = await reader.ReadToEndAsync(token);
            },
        }.RunAsync(cancellationToken);
        return outcome.ExitCode switch
        {
            0 => "pg_amcheck found nothing",
            2 => throw new BackupException(
                $"pg_amcheck found damage in the restored database:\n{found.Trim()}", "Take a new backup: ./build.sh Backup"),
            _ => $"pg_amcheck not run: it {outcome.Describe().ReplaceLineEndings(" ")}",
        };
    }
}
