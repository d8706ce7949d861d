using System.Text.RegularExpressions;
using Belay.Layouts.Foreign;
using Belay.Layouts.Reading;

namespace Belay.Layouts;

/// <summary>Tools whose files are not read here, and whose tables show that they have migrated a database.</summary>
internal static partial class NoticedTools
{
    /// <summary>The tools by their tables, as their documentation and sources make them.</summary>
    public static IReadOnlyList<MigrationTool> All { get; } =
    [
        Noticed("shmig", new NoticedHistory("shmig_version", "version")) with { WayBack = ShmigDown() },
        Noticed("laravel", new NoticedHistory("migrations", "migration", "batch")),
        Noticed("rambler", new NoticedHistory("migrations", "migration")) with { WayBack = RamblerDown() },
        Noticed("django", new NoticedHistory("django_migrations", "app", "name")),
        Noticed("rails", new NoticedHistory("ar_internal_metadata", "key", "value")),
        Noticed("ecto", new NoticedHistory("schema_migrations", "version", "inserted_at")),
        Noticed("migratus", new NoticedHistory("schema_migrations", "id", "applied", "description")),
        Noticed("pop", new NoticedHistory("schema_migration", "version")),
        Noticed("fluentmigrator", new NoticedHistory("versioninfo", "version", "appliedon")),
        Noticed("typeorm", new NoticedHistory("migrations", "timestamp", "name")),
        Noticed("db-migrate", new NoticedHistory("migrations", "name", "run_on")),
        Noticed("gormigrate", new NoticedHistory("migrations", "id")),
        Noticed("knex", new NoticedHistory("knex_migrations", "name", "batch")),
        Noticed("sequelize", new NoticedHistory("sequelizemeta", "name")),
        Noticed("kysely", new NoticedHistory("kysely_migration", "name")),
        Noticed("mikro-orm", new NoticedHistory("mikro_orm_migrations", "name")),
        Noticed("doctrine", new NoticedHistory("doctrine_migration_versions", "version")),
        Noticed("phinx", new NoticedHistory("phinxlog", "version", "migration_name")),
        Noticed("yoyo", new NoticedHistory("_yoyo_migration", "migration_id")),
        Noticed(
            "graphile-migrate",
            new NoticedHistory("migrations", "hash", "filename") { Schema = "graphile_migrate", IsBoundToSchema = true }),
        Noticed("pgroll", new NoticedHistory("migrations", "name", "migration") { Schema = "pgroll", IsBoundToSchema = true }),
        Noticed("grate", new NoticedHistory("scriptsrun", "script_name")),
        Noticed("yuniql", new NoticedHistory("__yuniql_schema_version", "version")),
    ];

    private static MigrationTool Noticed(string name, NoticedHistory history) => new(name) { History = history };

    [GeneratedRegex(@"^--.*==== DOWN ====")]
    private static partial Regex ShmigDown();

    [GeneratedRegex(@"^--\s*rambler\s+down", RegexOptions.IgnoreCase)]
    private static partial Regex RamblerDown();
}
