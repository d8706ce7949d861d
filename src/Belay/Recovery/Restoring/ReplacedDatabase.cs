using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>A database that a restore has put aside, to be dropped when nobody needs it any more.</summary>
/// <param name="target">The database that stands in its place.</param>
internal sealed class ReplacedDatabase(DatabaseTarget target, string name)
{
    /// <summary>The command that drops one.</summary>
    public static string DropCommand(string name) => $"./build.sh Restore --drop-old {ShellWord.Of(name)} --confirm {ShellWord.Of(name)}";

    /// <summary>Drops it.</summary>
    /// <param name="confirmation">What was typed as the confirmation; null for nothing.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="SettingsException">The name is not one that a restore gave, or it is not confirmed; nothing was
    /// touched.</exception>
    /// <exception cref="RestoreRefusedException">It is not there.</exception>
    /// <exception cref="RecoveryException">The server refused.</exception>
    public async Task<long> DropAsync(string? confirmation, CancellationToken cancellationToken)
    {
        if (!DatabaseNames.IsReplaced(name, target.Database))
        {
            throw new SettingsException(
                $"'{name}' is not a database that a restore has replaced with {target.Database}; nothing was touched",
                $"Such a name ends like {DatabaseNames.Replaced(target.Database, DateTimeOffset.UnixEpoch)}; psql -l lists them");
        }

        await using var connection = await MaintenanceConnection.OpenAsync(target, cancellationToken);
        if (!await new RestoreServer(connection).HasAsync(name, cancellationToken))
        {
            throw new RestoreRefusedException(
                $"There is no database {name} on {string.Join(',', target.Hosts)}. Nothing was touched.", "psql -l lists them");
        }

        if (confirmation != name)
        {
            throw new SettingsException(
                confirmation is null ? $"The end of {name} is not confirmed; nothing was touched"
                    : $"--confirm {confirmation} is not the name of the database, {name}; nothing was touched",
                DropCommand(name));
        }

        return await DropAsync(connection, cancellationToken);
    }

    private async Task<long> DropAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var size = (long)(await connection.ScalarAsync("SELECT pg_catalog.pg_database_size($1::name)", [name], cancellationToken))!;
            await connection.ExecuteAsync($"DROP DATABASE {SqlName.Quote(name)}", cancellationToken);
            return size;
        }
        catch (PostgresException fault)
        {
            throw new RecoveryException(
                $"The database {name} was not dropped: {fault.MessageText}{(fault.Detail is { } detail ? $" ({detail})" : "")}",
                "Disconnect whoever looks into it, then run the command again.",
                fault);
        }
    }
}
