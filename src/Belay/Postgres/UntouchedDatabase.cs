using Belay.Settings;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Whether a database is as it was made, so that nothing is lost with it.</summary>
internal static class UntouchedDatabase
{
    /// <summary>Where somebody's things may lie that no table, function or type goes with.</summary>
    private static readonly string[] Catalogues =
    [
        "pg_class", "pg_namespace", "pg_proc", "pg_type", "pg_extension", "pg_publication", "pg_event_trigger",
        "pg_foreign_data_wrapper", "pg_foreign_server", "pg_language", "pg_am", "pg_collation", "pg_conversion", "pg_cast", "pg_operator",
        "pg_opclass", "pg_opfamily", "pg_ts_config", "pg_ts_dict", "pg_ts_parser", "pg_ts_template", "pg_default_acl",
    ];

    /// <summary>What somebody has set for the whole of it, which nobody does for a database that is nothing to him.</summary>
    private const string IsAsMade = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_database d
            WHERE d.datname = pg_catalog.current_database() AND d.datacl IS NULL AND d.datconnlimit = -1 AND NOT d.datistemplate
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_db_role_setting s WHERE s.setdatabase = d.oid)
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_shseclabel l
                    WHERE l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND l.objoid = d.oid)
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots r WHERE r.database = d.datname))
        """;

    /// <summary>Every database begins with objects of lower numbers alone, and without large objects, whose numbers anybody
    /// chooses.</summary>
    private static readonly string HasNothing = $"{IsAsMade} AND NOT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata) AND "
        + string.Join(" AND ", Catalogues.Select(catalogue => $"NOT EXISTS (SELECT FROM pg_catalog.{catalogue} WHERE oid >= 16384)"));

    /// <summary>Looks inside.</summary>
    /// <returns>False too where that is half dropped, closed to this role or lost meanwhile: nobody knows what is in it.</returns>
    public static async Task<bool> IsAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        try
        {
            await using var inside = await new DatabaseConnector(database).OpenAsync("look", cancellationToken);
            return await inside.ScalarAsync(HasNothing, cancellationToken) is true;
        }
        catch (Exception fault) when (fault is NpgsqlException or DatabaseUnreachableException)
        {
            return false;
        }
    }
}
