using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>Gives a restored database what it had besides its contents: settings, privileges, owner.</summary>
/// <param name="connection">An open connection to another database of the server.</param>
/// <param name="output">Takes what this role may not give.</param>
internal sealed class DefinitionWriter(NpgsqlConnection connection, IReleaseOutput output)
{
    /// <summary>Gives it.</summary>
    /// <param name="live">What the replaced database has, where there is one: values that no manifest tells stand there.</param>
    /// <exception cref="PostgresException">The server refuses something for another reason than that this role may not.</exception>
    public async Task WriteAsync(
        DatabaseDefinition definition, DatabaseDefinition? live, string name, CancellationToken cancellationToken)
    {
        var tablespaces = await connection.RowsAsync(
            "SELECT spcname::text FROM pg_catalog.pg_tablespace", row => row.GetString(0), cancellationToken);
        var whole = definition with
        {
            Comment = null,
            Settings = [.. definition.Settings.Select(setting => Fill(setting, live))],
            Tablespace = tablespaces.Contains(definition.Tablespace, StringComparer.Ordinal) ? definition.Tablespace : "pg_default",
        };
        foreach (var command in DatabaseCommands.Finish(whole, SqlName.Quote(name)))
        {
            await RunAsync(command, cancellationToken);
        }

        Warn(definition, whole);
    }

    private async Task RunAsync(string command, CancellationToken cancellationToken)
    {
        if (command.StartsWith("--", StringComparison.Ordinal))
        {
            output.Warn($"Not restored: {command[2..].Trim()} (Hint: set it by hand)");
            return;
        }

        try
        {
            await connection.ExecuteAsync(command, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege && IsOptional(command))
        {
            output.Warn($"Not restored, because this role may not: {Name(command)}: {fault.MessageText} (Hint: run it as a superuser)");
        }
    }

    /// <summary>What somebody else may still be let do, or kept from, must not be left out in silence.</summary>
    private static bool IsOptional(string command)
        => !command.StartsWith("REVOKE", StringComparison.Ordinal) && !command.StartsWith("GRANT", StringComparison.Ordinal);

    /// <summary>The command without a value, which may be a secret.</summary>
    private static string Name(string command) => command.Split(" TO '", 2)[0];

    private static DatabaseSetting Fill(DatabaseSetting setting, DatabaseDefinition? live)
        => setting.Value is not null ? setting
            : live?.Settings.FirstOrDefault(other => other.Role == setting.Role && other.Name == setting.Name) ?? setting;

    private void Warn(DatabaseDefinition definition, DatabaseDefinition whole)
    {
        string[] lost =
        [
            .. definition.OtherTablespaces,
            .. whole.Tablespace == definition.Tablespace ? [] : new[] { definition.Tablespace },
        ];
        if (lost.Length > 0)
        {
            output.Warn(
                $"Everything lies in the tablespace {whole.Tablespace}; in the backup's database {string.Join(", ", lost)} had a part "
                    + "(Hint: ALTER TABLE … SET TABLESPACE)");
        }
    }
}
