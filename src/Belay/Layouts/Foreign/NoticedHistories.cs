using System.Text.RegularExpressions;

namespace Belay.Layouts.Foreign;

/// <summary>Histories of tools whose files are not read here, and how any table looks that may be one.</summary>
internal static partial class NoticedHistories
{
    /// <summary>What a table is called whose tool is not known.</summary>
    public const string Unknown = "a tool that is not known here";

    private static readonly string[] Names =
        ["id", "version", "name", "migration", "filename", "file_name", "script", "script_name", "scriptname", "hash", "checksum", "revision", "title", "description"];

    private static readonly string[] Times =
    [
        "applied", "applied_at", "appliedat", "applied_on", "appliedon", "executed_at", "executedat", "executed", "run_on", "run_at", "ran_at", "installed_on", "created_at",
        "createdat", "inserted_at", "migrated_at", "migration_time", "finished_at", "success", "dirty",
        "batch", "timestamp", "applied_time", "date", "checksum", "hash",
    ];

    /// <summary>Tools by their tables, as their documentation and sources make them.</summary>
    public static IReadOnlyList<IForeignTool> All { get; } =
    [
        new NoticedHistory("sqlx", "_sqlx_migrations", "version"),
        new NoticedHistory("prisma", "_prisma_migrations", "migration_name"),
        new NoticedHistory("diesel", "__diesel_schema_migrations", "version"),
        new NoticedHistory("refinery", "refinery_schema_history", "version"),
        new NoticedHistory("liquibase", "databasechangelog", "author", "filename"),
        new NoticedHistory("dbup", "schemaversions", "scriptname"),
        new NoticedHistory("evolve", "changelog", "installed_by", "checksum"),
        new NoticedHistory("django", "django_migrations", "app", "name"),
        new NoticedHistory("rails", "ar_internal_metadata", "key", "value"),
        new NoticedHistory("ecto", "schema_migrations", "version", "inserted_at"),
        new NoticedHistory("migratus", "schema_migrations", "id", "applied", "description"),
        new NoticedHistory("pop", "schema_migration", "version"),
        new NoticedHistory("fluentmigrator", "versioninfo", "version", "appliedon"),
        new NoticedHistory("atlas", "atlas_schema_revisions", "version") { Schema = "atlas_schema_revisions" },
        new NoticedHistory("hasura", "hdb_version", "hasura_uuid") { Schema = "hdb_catalog", IsBoundToSchema = true },
        new NoticedHistory("supabase", "schema_migrations", "version") { Schema = "supabase_migrations", IsBoundToSchema = true },
        new NoticedHistory("drizzle", "__drizzle_migrations", "hash") { Schema = "drizzle" },
        new NoticedHistory("postgres-migrations", "migrations", "name", "hash", "executed_at"),
        new NoticedHistory("laravel", "migrations", "migration", "batch"),
        new NoticedHistory("typeorm", "migrations", "timestamp", "name"),
        new NoticedHistory("db-migrate", "migrations", "name", "run_on"),
        new NoticedHistory("gormigrate", "migrations", "id"),
        new NoticedHistory("knex", "knex_migrations", "name", "batch"),
        new NoticedHistory("sequelize", "sequelizemeta", "name"),
        new NoticedHistory("kysely", "kysely_migration", "name"),
        new NoticedHistory("mikro-orm", "mikro_orm_migrations", "name"),
        new NoticedHistory("doctrine", "doctrine_migration_versions", "version"),
        new NoticedHistory("phinx", "phinxlog", "version", "migration_name"),
        new NoticedHistory("yoyo", "_yoyo_migration", "migration_id"),
        new NoticedHistory("graphile-migrate", "migrations", "hash", "filename") { Schema = "graphile_migrate", IsBoundToSchema = true },
        new NoticedHistory("pgroll", "migrations", "name", "migration") { Schema = "pgroll", IsBoundToSchema = true },
        new NoticedHistory("grate", "scriptsrun", "script_name"),
        new NoticedHistory("yuniql", "__yuniql_schema_version", "version"),
    ];

    /// <summary>What stands for the tool of a table that only looks like a history.</summary>
    public static IForeignTool OfUnknownTool { get; } = new NoticedHistory(Unknown, "");

    /// <summary>
    /// Whether a table of any name looks like a history: it is called after migrations or the schema's versions, and its columns name
    /// something and say when or whether it ran.
    /// </summary>
    public static bool Resembles(ForeignTable table)
        => LooksLikeName().IsMatch(table.Name) && !table.Name.EndsWith("lock", StringComparison.OrdinalIgnoreCase) && Has(table, Names) && (Has(table, Times) || table.Columns.Count == 1);

    /// <summary>The same name rule as a pattern of PostgreSQL.</summary>
    public const string NamePattern = "migration|schema_?(version|history|changes?|log|revision)|(db|database)_?(version|history|change_?log|patch)|change_?log|evolutions|versioninfo";

    private static bool Has(ForeignTable table, string[] columns) => table.Columns.Any(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(NamePattern, RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeName();
}
