using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Rehearsal;

/// <summary>What the role of the application may do in production, as far as no backup of the database tells it.</summary>
internal sealed record LiveRole
{
    private const string Question = "SELECT rolsuper, rolbypassrls, rolinherit FROM pg_catalog.pg_roles WHERE rolname = $1";

    private const string Groups = """
        WITH RECURSIVE given AS (
            SELECT m.roleid, m.member FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.member WHERE r.rolname = $1
            UNION SELECT m.roleid, m.member FROM pg_catalog.pg_auth_members m JOIN given g ON g.roleid = m.member
        )
        SELECT pg_catalog.pg_get_userbyid(roleid)::text, pg_catalog.pg_get_userbyid(member)::text FROM given
        """;

    private const string Configuration = """
        SELECT split_part(one, '=', 1), substr(one, strpos(one, '=') + 1)
        FROM pg_catalog.pg_roles r CROSS JOIN LATERAL unnest(r.rolconfig) WITH ORDINALITY u (one, place)
        WHERE r.rolname = $1 ORDER BY u.place
        """;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its attributes as words of ALTER ROLE.</summary>
    public required string Attributes { get; init; }

    /// <summary>The roles whose rights it has, directly or through another one, each with the member.</summary>
    public IReadOnlyList<(string Group, string Member)> Memberships { get; init; } = [];

    /// <summary>What its sessions begin with in every database.</summary>
    public IReadOnlyList<DatabaseSetting> Settings { get; init; } = [];

    /// <summary>Reads it; null when there is no such role.</summary>
    /// <param name="connection">An open connection to the database in production.</param>
    public static async Task<LiveRole?> ReadAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var found = await connection.RowsAsync(
            new SqlQuery(Question, name),
            row => $"{(row.GetBoolean(0) ? "" : "NO")}SUPERUSER {(row.GetBoolean(1) ? "" : "NO")}BYPASSRLS "
                + $"{(row.GetBoolean(2) ? "" : "NO")}INHERIT",
            cancellationToken);
        return found is not [var attributes] ? null : new LiveRole
        {
            Name = name,
            Attributes = attributes,
            Memberships = await connection.RowsAsync(
                new SqlQuery(Groups, name), row => (row.GetString(0), row.GetString(1)), cancellationToken),
            Settings = await connection.RowsAsync(
                new SqlQuery(Configuration, name), row => new DatabaseSetting(name, row.GetString(0), row.GetString(1)), cancellationToken),
        };
    }
}
