using System.ComponentModel;
using System.Text;
using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Taking;

/// <summary>Reads roles and tablespaces, and adds what the database is. Without passwords: a backup must
/// not be worth stealing for them.</summary>
internal sealed class GlobalsDump(PostgresTools tools, IReleaseOutput output)
{
    /// <summary>The commands; those of the database alone when the role may not read the others, or the program is not there or does not
    /// begin, with a warning.</summary>
    public async Task<byte[]> ReadAsync(
        IReadOnlyDictionary<string, string?> variables, DatabaseDefinition definition, CancellationToken cancellationToken)
    {
        var (content, fault) = await RunAsync(variables, cancellationToken);
        if (fault is not null)
        {
            output.Warn($"Roles and tablespaces are not in the backup: {fault}");
        }

        return [.. fault is null ? content : [], .. Encoding.UTF8.GetBytes(DatabaseCommands.Script(definition))];
    }

    private async Task<(byte[] Content, string? Fault)> RunAsync(
        IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        if (!File.Exists(tools.PathOf("pg_dumpall")))
        {
            return ([], $"{tools.Folder} has no pg_dumpall");
        }

        using var content = new MemoryStream();
        try
        {
            var outcome = await new PostgresProgram(tools, "pg_dumpall")
            {
                Arguments = ["--globals-only", "--no-role-passwords", "--no-password", "--database", variables["PGDATABASE"] ?? "postgres"],
                Variables = variables,
                Take = (stream, token) => stream.CopyToAsync(content, token),
            }.RunAsync(cancellationToken);
            return (content.ToArray(), outcome.ExitCode == 0 ? null : $"pg_dumpall {outcome.Describe()}");
        }
        catch (Win32Exception exception)
        {
            return ([], $"{tools.PathOf("pg_dumpall")} cannot be started: {ProgramStart.Why(exception)}");
        }
    }
}
