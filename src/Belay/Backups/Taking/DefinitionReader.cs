using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Taking;

/// <summary>Reads what the dumped database is besides what is in it. Every role may read that.</summary>
internal static class DefinitionReader
{
    private const string Current = "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    /// <summary>Columns that came with later versions are looked up by name.</summary>
    private const string Database = """
        SELECT pg_get_userbyid(d.datdba)::text, shobj_description(d.oid, 'pg_database'), pg_encoding_to_char(d.encoding)::text, d.datcollate::text, d.datctype::text,
               CASE j.row ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
               coalesce(j.row ->> 'datlocale', j.row ->> 'daticulocale'), j.row ->> 'daticurules',
               t.spcname::text, d.datconnlimit, d.datistemplate, d.datacl IS NOT NULL
        FROM pg_catalog.pg_database d
        JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
        CROSS JOIN LATERAL (SELECT to_jsonb(d) AS row) j
        WHERE d.datname = current_database()
        """;

    private const string Tablespaces = """
        SELECT DISTINCT t.spcname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
        WHERE c.oid >= 16384 ORDER BY 1
        """;

    private const string Settings = $"""
        SELECT r.rolname::text, split_part(one, '=', 1), substr(one, strpos(one, '=') + 1)
        FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY u (one, place)
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
        WHERE s.setdatabase = {Current} AND (s.setrole = 0 OR r.oid IS NOT NULL)
        ORDER BY s.setrole, u.place
        """;

    private const string Privileges = $"""
        SELECT r.rolname::text, a.privilege_type, a.is_grantable
        FROM pg_catalog.pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
        WHERE d.oid = {Current} AND (a.grantee = 0 OR r.oid IS NOT NULL)
        ORDER BY a.grantee, 2
        """;

    public static async Task<DatabaseDefinition> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (definition, hasPrivileges) = (await connection.RowsAsync(Database, Read, cancellationToken))[0];
        return definition with
        {
            OtherTablespaces = await connection.RowsAsync(Tablespaces, row => row.GetString(0), cancellationToken),
            Settings = await connection.RowsAsync(
                Settings, row => new DatabaseSetting(Text(row, 0), row.GetString(1), row.GetString(2)), cancellationToken),
            Privileges = hasPrivileges
                ? await connection.RowsAsync(
                    Privileges, row => new DatabasePrivilege(Text(row, 0), row.GetString(1), row.GetBoolean(2)), cancellationToken)
                : null,
        };
    }

    private static (DatabaseDefinition Definition, bool HasPrivileges) Read(NpgsqlDataReader row) => (
        new DatabaseDefinition
        {
            Owner = row.GetString(0),
            Comment = Text(row, 1),
            Encoding = row.GetString(2),
            Collation = row.GetString(3),
            CharacterType = row.GetString(4),
            LocaleProvider = row.GetString(5),
            Locale = Text(row, 6),
            IcuRules = Text(row, 7),
            Tablespace = row.GetString(8),
            ConnectionLimit = row.GetInt32(9),
            IsTemplate = row.GetBoolean(10),
        },
        row.GetBoolean(11));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
