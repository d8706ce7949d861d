using System.Security.Cryptography;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Recovery.Restoring;
using Belay.Settings;
using Npgsql;

namespace Belay.Rehearsal;

/// <summary>Makes the copy like the database: its settings, and the role that the release connects as, so that what the migrations make
/// has the same owner.</summary>
/// <param name="superuser">The restored database, as the superuser of its server.</param>
/// <param name="output">Takes what could not be made alike.</param>
internal sealed class RehearsalRole(DatabaseTarget superuser, IReleaseOutput output)
{
    /// <summary>What the database itself has besides its contents; null when it was not asked.</summary>
    public DatabaseDefinition? Live { get; init; }

    /// <summary>Whether the whole server is thrown away. Otherwise no role of it is made or changed, and the release runs as the role that
    /// made the database. The default is yes.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>What the application's role may do in production; null when the database was not asked.</summary>
    public LiveRole? LiveRole { get; init; }

    /// <summary>Prepares the restored database.</summary>
    /// <param name="username">The role that the release connects as. On the copy it may do everything: whether it may in the database
    /// itself, preflight and the dry run tell.</param>
    /// <param name="definition">What the backup says of the database; null when it says nothing.</param>
    /// <returns>The database as that role.</returns>
    public async Task<DatabaseTarget> PrepareAsync(
        string username, DatabaseDefinition? definition, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(superuser).OpenAsync("rehearsal", cancellationToken);
        var present = await connection.RowsAsync(
            "SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), cancellationToken);
        if (!IsOwn)
        {
            DemandRoles(definition, present);
        }

        foreach (var role in IsOwn ? Roles(definition).Append(username).Except(present, StringComparer.Ordinal) : [])
        {
            await connection.ExecuteAsync($"CREATE ROLE {SqlName.Quote(role)}", cancellationToken);
        }

        if (definition is not null)
        {
            await new DefinitionWriter(connection, output).WriteAsync(definition, Live, superuser.Database, cancellationToken);
        }

        return !IsOwn || username == superuser.Username
            ? superuser
            : await LetInAsync(connection, username, "LOGIN SUPERUSER", cancellationToken);
    }

    /// <summary>Lets a role log in that may do what the backup says, for the application.</summary>
    /// <returns>The database as that role.</returns>
    public async Task<DatabaseTarget> LoginAsync(string role, CancellationToken cancellationToken)
    {
        if (!IsOwn)
        {
            return superuser;
        }

        await using var connection = await new DatabaseConnector(superuser).OpenAsync("rehearsal", cancellationToken);
        var present = await connection.RowsAsync(
            "SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), cancellationToken);
        var live = LiveRole?.Name == role ? LiveRole : null;
        foreach (var name in (live?.Memberships.Select(one => one.Group) ?? []).Append(role).Distinct().Except(present))
        {
            await connection.ExecuteAsync($"CREATE ROLE {SqlName.Quote(name)}", cancellationToken);
        }

        if (live is not null)
        {
            await GiveAsync(connection, live, cancellationToken);
        }

        return await LetInAsync(connection, role, $"LOGIN {live?.Attributes}", cancellationToken);
    }

    /// <summary>What it has in production besides what the dump says.</summary>
    private async Task GiveAsync(NpgsqlConnection connection, LiveRole live, CancellationToken cancellationToken)
    {
        foreach (var (group, member) in live.Memberships)
        {
            await connection.ExecuteAsync($"GRANT {SqlName.Quote(group)} TO {SqlName.Quote(member)}", cancellationToken);
        }

        // What it has for this database alone goes before, and is there already.
        var database = SqlName.Quote(superuser.Database);
        foreach (var setting in live.Settings.ExceptBy(
            (Live?.Settings ?? []).Where(one => one.Role == live.Name).Select(one => one.Name), one => one.Name))
        {
            await connection.ExecuteAsync(DatabaseCommands.Set(setting, database), cancellationToken);
        }
    }

    private static void DemandRoles(DatabaseDefinition? definition, List<string> present)
    {
        var missing = Roles(definition).Except(present, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new RehearsalException(
                $"The server of SCRATCH_URL has not the roles {string.Join(", ", missing)}, which the backup names, and Belay makes none "
                    + "on a server that others use.",
                "Make them there, as they are in the backup's ….globals.sql");
        }
    }

    private async Task<DatabaseTarget> LetInAsync(
        NpgsqlConnection connection, string role, string attributes, CancellationToken cancellationToken)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await connection.ExecuteAsync($"ALTER ROLE {SqlName.Quote(role)} {attributes} PASSWORD '{password}'", cancellationToken);
        return superuser with { Username = role, Password = new Secret(password) };
    }

    private static IEnumerable<string> Roles(DatabaseDefinition? definition) => definition is null ? []
        : definition.Settings.Select(setting => setting.Role).OfType<string>()
            .Concat((definition.Privileges ?? []).Select(privilege => privilege.Role).OfType<string>())
            .Append(definition.Owner);
}
