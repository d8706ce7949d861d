namespace Belay.Backups.Archive;

/// <summary>The queries on the dumped database. They touch catalogues only: a lock on a table of the
/// application would queue behind an ALTER TABLE.</summary>
internal static class CatalogueQueries
{
    /// <summary>Tables as pg_dump chooses them: no system schemas, no members of extensions; rows of
    /// unlogged tables are not there on a standby.</summary>
    public const string Tables = """
        SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
               c.relkind = 'r' AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
          AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 2
        """;

    /// <summary>Sequences have no snapshot: a value read before the dump is a lower bound of the dumped one.</summary>
    public const string Sequences = """
        SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value
        FROM pg_catalog.pg_sequences s
        WHERE last_value IS NOT NULL AND schemaname !~ '^pg_' AND increment_by > 0
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                          JOIN pg_catalog.pg_class c ON c.oid = d.objid
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e'
                            AND n.nspname = s.schemaname AND c.relname = s.sequencename)
        """;

    public const string LargeObjects = "SELECT count(*) FROM pg_catalog.pg_largeobject_metadata";

    public const string Relations = "SELECT count(*) FROM pg_catalog.pg_class";

    public const string Extensions = "SELECT extname::text FROM pg_catalog.pg_extension ORDER BY 1";

    /// <summary>Every role that the dump's commands name: owners, grantees, roles of policies. The
    /// bootstrap superuser is in no pg_shdepend row.</summary>
    public const string Owners = """
        SELECT r.rolname::text FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
        WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass AND s.deptype IN ('o', 'a', 'r')
          AND s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        UNION
        SELECT r.rolname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.oid = c.relowner WHERE c.oid >= 16384
        UNION
        SELECT r.rolname::text FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner WHERE n.nspname !~ '^pg_'
        UNION
        SELECT r.rolname::text FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_roles r ON r.oid = p.proowner WHERE p.oid >= 16384
        UNION
        SELECT r.rolname::text FROM pg_catalog.pg_largeobject_metadata l JOIN pg_catalog.pg_roles r ON r.oid = l.lomowner
        ORDER BY 1
        """;

    public const string HasHistory = "SELECT to_regclass('belay.migration') IS NOT NULL";

    public const string LastMigration = "SELECT max(version)::numeric FROM belay.migration";
}
