using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>Reads roles and tablespaces. Without passwords: a backup must not be worth stealing for them.</summary>
internal static class GlobalsDump
{
    /// <summary>The commands; null when the role may not read them, with a warning.</summary>
    public static async Task<byte[]?> ReadAsync(PostgresTools tools, IReadOnlyDictionary<string, string?> variables, IReleaseOutput output, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var outcome = await new PostgresProgram(tools, "pg_dumpall")
        {
            Arguments = ["--globals-only", "--no-role-passwords", "--no-password", "--database", variables["PGDATABASE"] ?? "postgres"],
            Variables = variables,
            Take = (stream, token) => stream.CopyToAsync(content, token),
        }.RunAsync(cancellationToken);
        if (outcome.ExitCode == 0)
        {
            return content.ToArray();
        }

        output.Warn($"Roles and tablespaces are not in the backup: pg_dumpall {outcome.Describe()}");
        return null;
    }
}
