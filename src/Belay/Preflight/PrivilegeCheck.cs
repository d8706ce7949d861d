using Belay.History;
using Belay.Postgres;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Whether the tables of the pending migrations exist and the role may change them, and whether the history can be kept.</summary>
internal sealed class PrivilegeCheck(NpgsqlConnection connection, DatabaseTarget target)
{
    /// <summary>A name as long as the server keeps it: it cuts longer ones.</summary>
    private const string Owner = """
        SELECT pg_get_userbyid(c.relowner)::text, pg_has_role(c.relowner, 'USAGE'), current_user::text, pg_has_role(c.relowner, 'MEMBER')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = $1::name AND CASE WHEN $2 IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = $2::name END
        """;

    private const string Triggers = "SELECT EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled IN ('O', 'A'))";

    private const string History = """
        SELECT CASE
            WHEN n.oid IS NULL THEN CASE WHEN NOT has_database_privilege(current_database(), 'CREATE') THEN 'create a schema' END
            WHEN c.oid IS NULL THEN CASE WHEN NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_schema_privilege(n.oid, 'CREATE') THEN 'create tables in the schema' END
            WHEN NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_table_privilege(c.oid, 'INSERT') THEN 'write to the tables of the schema'
        END, current_user::text
        FROM (SELECT 'belay'::name AS name) wanted
        LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.name
        LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = 'migration'
        """;

    /// <summary>The findings, one per table.</summary>
    /// <param name="pending">The migrations to run, in order.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (await HistoryAsync(cancellationToken) is { } history)
        {
            findings.Add(history);
        }
        else
        {
            findings.AddRange(await UnreadableAsync(cancellationToken));
        }

        var scripts = new PendingScripts(pending, await DefinitionsRunCodeAsync(cancellationToken));
        foreach (var (migration, table) in scripts.Altered)
        {
            if (await TableAsync(migration, table, cancellationToken) is { } finding)
            {
                findings.Add(finding);
            }
        }

        findings.AddRange(await new PlacementCheck(connection).RunAsync(scripts, cancellationToken));
        return findings;
    }

    private async Task<bool> DefinitionsRunCodeAsync(CancellationToken cancellationToken)
        => await connection.ScalarAsync(Triggers, cancellationToken) is true;

    private async Task<Finding?> TableAsync(Migration migration, TableReference table, CancellationToken cancellationToken)
    {
        var found = await connection.RowsAsync(
            new SqlQuery(Owner, table.Name, SqlQuery.Text(table.Schema)),
            reader => reader.GetBoolean(1) ? null : NotOwned(
                (migration, table), reader.GetString(0), reader.GetString(2), reader.GetBoolean(3)),
            cancellationToken);
        return found.Count == 0 ? Missing(migration, table) : found[0];
    }

    private Finding Missing(Migration migration, TableReference table) => new(
        Severity(table),
        $"relation \"{table.DisplayName}\" does not exist in {target.DisplayName} ({migration.FileName}, line "
            + $"{table.Line}){Reservation(table)}",
        $"check that DATABASE_URL names the right database: SELECT current_database(); and \\dt {Qualified(table)} in psql");

    private Finding NotOwned((Migration Migration, TableReference Table) place, string owner, string role, bool isMember) => new(
        Severity(place.Table),
        $"permission denied: \"{role}\" does not own the table \"{place.Table.DisplayName}\" ({place.Migration.FileName}, line "
            + $"{place.Table.Line}); its owner is \"{owner}\"{(isMember ? ", of which it is a member without its rights (NOINHERIT)" : "")}"
            + Reservation(place.Table),
        $"connect as \"{owner}\", or {Grant(owner, role, isMember)}, or ALTER TABLE {Qualified(place.Table)} OWNER TO "
            + $"{SqlName.Quote(role)} (PostgreSQL has no GRANT ALTER)");

    /// <summary>Version 16 keeps with each membership whether it hands the rights on, earlier ones with the member.</summary>
    private string Grant(string owner, string role, bool isMember) => (isMember, connection.PostgreSqlVersion.Major >= 16) switch
    {
        (false, _) => $"GRANT {SqlName.Quote(owner)} TO {SqlName.Quote(role)}",
        (true, true) => $"GRANT {SqlName.Quote(owner)} TO {SqlName.Quote(role)} WITH INHERIT TRUE",
        (true, false) => $"ALTER ROLE {SqlName.Quote(role)} INHERIT",
    };

    private static FindingSeverity Severity(TableReference table)
        => table.Guarded || table.Doubt is not null ? FindingSeverity.Warning : FindingSeverity.Refusal;

    /// <summary>Why the words are no proof, so that the migration's transaction decides.</summary>
    private static string Reservation(TableReference table) => table switch
    {
        { Doubt: { } doubt } =>
            $". {doubt.Title} ({doubt.Place}) comes before and may change that; the migration's own transaction decides",
        { Guarded: true } => ". The block around it may pass over it; the migration's own transaction decides",
        _ => "",
    };

    private static string Qualified(TableReference table)
        => (table.Schema is null ? "" : SqlName.Quote(table.Schema) + ".") + SqlName.Quote(table.Name);

    /// <summary>What another role made later, in a history that both use.</summary>
    private async Task<IEnumerable<Finding>> UnreadableAsync(CancellationToken cancellationToken)
    {
        var tables = await HistorySchema.FindUnreadableAsync(connection, cancellationToken);
        var role = tables.Count == 0 ? "" : $"{await connection.ScalarAsync("SELECT current_user::text", cancellationToken)}";
        return tables.Select(table => new Finding(
            FindingSeverity.Refusal,
            $"permission denied: \"{role}\" may not read belay.{table} in {target.DisplayName}, which a release must",
            $"GRANT SELECT ON belay.{table} TO {SqlName.Quote(role)}, or connect as the role that migrated before"));
    }

    private async Task<Finding?> HistoryAsync(CancellationToken cancellationToken)
    {
        var rows = await connection.RowsAsync(
            History, reader => (What: reader.TextOrNull(0), Role: reader.GetString(1)), cancellationToken);
        if (rows is not [({ } what, var role)])
        {
            return null;
        }

        return new Finding(
            FindingSeverity.Refusal,
            $"permission denied: \"{role}\" may not {what} \"belay\" in {target.DisplayName}, which keeps the migration history",
            what == "create a schema"
                ? $"GRANT CREATE ON DATABASE {SqlName.Quote(target.Database)} TO {SqlName.Quote(role)}, or CREATE SCHEMA belay "
                    + $"AUTHORIZATION {SqlName.Quote(role)}"
                : "connect as the role that migrated before, or GRANT USAGE, CREATE ON SCHEMA belay and INSERT, SELECT, UPDATE, DELETE "
                    + $"ON ALL TABLES IN SCHEMA belay TO {SqlName.Quote(role)}");
    }
}
