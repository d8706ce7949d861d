using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>What a restore must know of the server that it restores into.</summary>
/// <param name="connection">An open connection to another database of the server.</param>
internal sealed class RestoreServer(NpgsqlConnection connection)
{
    /// <summary>What was made after initdb and belongs to no extension, of the kinds that a database has something in.</summary>
    private const string Contents = """
        SELECT EXISTS (
          SELECT FROM (
            SELECT 'pg_class'::regclass AS class, oid FROM pg_catalog.pg_class
            UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_catalog.pg_proc
            UNION ALL SELECT 'pg_namespace'::regclass, oid FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_(temp|toast)'
            UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_catalog.pg_type
            UNION ALL SELECT 'pg_largeobject'::regclass, oid FROM pg_catalog.pg_largeobject_metadata
          ) o
          WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e'))
        """;

    /// <summary>Whether a database of that name is there.</summary>
    public async Task<bool> HasAsync(string database, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)", [database], cancellationToken) is true;
    }

    /// <summary>The databases that restores have put aside for one, by name.</summary>
    public async Task<IReadOnlyList<string>> ReplacedAsync(string database, CancellationToken cancellationToken)
    {
        var names = await connection.RowsAsync(
            "SELECT datname::text FROM pg_catalog.pg_database ORDER BY 1", row => row.GetString(0), cancellationToken);
        return [.. names.Where(name => DatabaseNames.IsReplaced(name, database))];
    }

    /// <summary>Refuses a name that the server would cut without a word.</summary>
    /// <exception cref="SettingsException">It has too many bytes, or none.</exception>
    public async Task DemandNameFitsAsync(string name, CancellationToken cancellationToken)
    {
        var found = await connection.RowsAsync(
            new SqlQuery("SELECT pg_catalog.octet_length($1::text), pg_catalog.current_setting('max_identifier_length')::integer", name),
            row => (Bytes: row.GetInt32(0), Most: row.GetInt32(1)),
            cancellationToken);
        if (found[0].Bytes is 0 || found[0].Bytes > found[0].Most)
        {
            throw new SettingsException(
                $"--to-new {name}: the name of a database may have {found[0].Most} bytes on this server, and this has {found[0].Bytes}; "
                    + "nothing was touched",
                found[0].Bytes == 0 ? "name the database that is to be made" : "choose a shorter name");
        }
    }

    /// <summary>Whether the database that a connection is to has nothing in it but extensions.</summary>
    public static async Task<bool> IsEmptyAsync(NpgsqlConnection inside, CancellationToken cancellationToken)
        => await inside.ScalarAsync(Contents, cancellationToken) is false;

    /// <summary>Refuses when this role may make no databases.</summary>
    /// <exception cref="RestoreRefusedException">It may not.</exception>
    public async Task DemandMayCreateAsync(CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync(
            "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user", cancellationToken) is not true)
        {
            var role = await connection.ScalarAsync("SELECT current_user::text", cancellationToken);
            throw new RestoreRefusedException(
                $"The role {role} may not make databases, and a backup is restored into a new one. Nothing was touched.",
                $"Connect as a role that may, or as a superuser: ALTER ROLE {SqlName.Quote($"{role}")} CREATEDB");
        }
    }

    /// <summary>Refuses when the server lacks roles that the backup names. What they may do, and who is in which,
    /// nobody but an administrator decides.</summary>
    /// <exception cref="RestoreRefusedException">Some are missing.</exception>
    public async Task DemandRolesAsync(BackupManifest backup, CancellationToken cancellationToken)
    {
        var present = await connection.RowsAsync(
            "SELECT rolname::text FROM pg_catalog.pg_roles", row => row.GetString(0), cancellationToken);
        var missing = Roles(backup).Except(present, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new RestoreRefusedException(
                $"The server has not {(missing.Count == 1 ? "the role" : "the roles")} {string.Join(", ", missing)}, which backup "
                    + $"{backup.Id} names. Nothing was touched.",
                backup.GlobalsName is null
                    ? $"Make {(missing.Count == 1 ? "it" : "them")} as a superuser: "
                        + string.Join("; ", missing.Select(role => $"CREATE ROLE {SqlName.Quote(role)}"))
                    : $"./build.sh FetchBackup --backup {backup.Id} --to restored writes restored/{backup.Id}.globals.sql, which has them: "
                        + "run it with psql as a superuser");
        }
    }

    private static IEnumerable<string> Roles(BackupManifest backup) => backup.Definition is not { } definition
        ? backup.Owners
        : backup.Owners.Append(definition.Owner)
            .Concat(definition.Settings.Select(setting => setting.Role).OfType<string>())
            .Concat((definition.Privileges ?? []).Select(privilege => privilege.Role).OfType<string>());
}
