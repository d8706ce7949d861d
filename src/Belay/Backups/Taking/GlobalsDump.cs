using System.Text;
using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>Reads roles and tablespaces, and adds what the database is. Without passwords: a backup must
/// not be worth stealing for them.</summary>
internal sealed class GlobalsDump(PostgresTools tools, IReleaseOutput output)
{
    /// <summary>The commands; those of the database alone when the role may not read the others, with a warning.</summary>
    public async Task<byte[]> ReadAsync(
        IReadOnlyDictionary<string, string?> variables, DatabaseDefinition definition, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var outcome = await new PostgresProgram(tools, "pg_dumpall")
        {
            Arguments = ["--globals-only", "--no-role-passwords", "--no-password", "--database", variables["PGDATABASE"] ?? "postgres"],
            Variables = variables,
            Take = (stream, token) => stream.CopyToAsync(content, token),
        }.RunAsync(cancellationToken);
        if (outcome.ExitCode != 0)
        {
            output.Warn($"Roles and tablespaces are not in the backup: pg_dumpall {outcome.Describe()}");
            content.SetLength(0);
        }

        return [.. content.ToArray(), .. Encoding.UTF8.GetBytes(DatabaseCommands.Script(definition))];
    }
}
