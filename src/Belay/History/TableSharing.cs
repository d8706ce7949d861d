using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>Lets those who use <c>belay.migration</c> use a table that another role makes later: its owner gets it where this role may give
/// it away and goes on with the owner's rights, and otherwise what he may do in the first, as everybody else does.</summary>
internal static class TableSharing
{
    private const string Commands = """
        WITH first AS (
            SELECT c.relowner, coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner)) AS acl,
                pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) AS owner
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'belay' AND c.relname = 'migration'
        )
        SELECT pg_catalog.format('GRANT %s ON belay.{0} TO %s', pg_catalog.string_agg(DISTINCT given.privilege_type, ', '),
            CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(role.rolname) END)
        FROM first, pg_catalog.aclexplode(first.acl) given LEFT JOIN pg_catalog.pg_roles role ON role.oid = given.grantee
        WHERE (given.grantee = 0 OR role.rolname <> current_user)
        GROUP BY given.grantee, role.rolname
        UNION ALL
        SELECT pg_catalog.format('ALTER TABLE belay.{0} OWNER TO %s', owner) FROM first
        WHERE owner <> pg_catalog.quote_ident(current_user)
            AND pg_catalog.pg_has_role(relowner, '{1}') AND pg_catalog.pg_has_role(relowner, 'USAGE')
            AND pg_catalog.has_schema_privilege(relowner, 'belay', 'CREATE')
        """;

    /// <summary>Shares a table that was just made, in the caller's transaction.</summary>
    public static async Task ShareAsync(NpgsqlConnection connection, HistoryTable table, CancellationToken cancellationToken)
    {
        // Since version 16 a member of a role may be kept from becoming it, and so from giving it something.
        var giving = connection.PostgreSqlVersion.Major >= 16 ? "SET" : "MEMBER";
        var question = Commands.Replace("{0}", table.Name, StringComparison.Ordinal).Replace("{1}", giving, StringComparison.Ordinal);
        foreach (var command in await connection.RowsAsync(question, reader => reader.GetString(0), cancellationToken))
        {
            await connection.ExecuteAsync(command, cancellationToken);
        }
    }
}
