using System.Text.RegularExpressions;
using Belay.Layouts.Foreign;

namespace Belay.Layouts;

/// <summary>Every tool that is known here, each registered once. Names in parameters, refusals and hints come from here.</summary>
internal static partial class MigrationTools
{
    /// <summary>Every tool; those whose files are more easily told come first.</summary>
    public static IReadOnlyList<MigrationTool> All { get; } =
    [
        new("belay") { Layout = new BelayLayout() },
        new("golang-migrate") { Layout = new GolangMigrateLayout(), History = new GolangMigrateHistory() },
        new("flyway") { Layout = new FlywayLayout(), History = new FlywayHistory() },
        new("dbmate") { Layout = new DbmateLayout(), History = new DbmateHistory(), WayBack = DbmateDown() },
        new("goose") { Layout = new GooseLayout(), History = new GooseHistory(), WayBack = GooseDown() },
        new("sqitch") { Layout = new SqitchLayout(), History = new SqitchHistory() },
        new("plain") { Layout = new PlainLayout() },
        new("alembic") { History = new AlembicHistory() },
        new("ef-core") { History = new EntityFrameworkHistory() },
        new("sql-migrate") { WayBack = SqlMigrateDown(), History = new NoticedHistory("sql-migrate", "gorp_migrations", "id", "applied_at") },
        new("tern") { WayBack = TernDown(), History = new NoticedHistory("tern", "schema_version", "version") },
        new("node-pg-migrate") { WayBack = NodePgMigrateDown(), History = new NoticedHistory("node-pg-migrate", "pgmigrations", "name", "run_on") },
        new("mybatis") { WayBack = MyBatisUndo(), History = new NoticedHistory("mybatis", "changelog", "id", "applied_at", "description") },
        new("play") { WayBack = PlayDowns(), History = new NoticedHistory("play", "play_evolutions", "id", "hash") },
        new("shmig") { WayBack = ShmigDown(), History = new NoticedHistory("shmig", "shmig_version", "version") },
        new("rambler") { WayBack = RamblerDown(), History = new NoticedHistory("rambler", "migrations", "migration") },
        .. NoticedHistories.All.Select(history => new MigrationTool(history.Name) { History = history }),
    ];

    [GeneratedRegex(@"^--\s*migrate:down(\s|$)")]
    private static partial Regex DbmateDown();

    [GeneratedRegex(@"^--\s*\+goose\s+down\b", RegexOptions.IgnoreCase)]
    private static partial Regex GooseDown();

    [GeneratedRegex(@"^--\s*\+migrate\s+down\b", RegexOptions.IgnoreCase)]
    private static partial Regex SqlMigrateDown();

    [GeneratedRegex(@"^---- create above / drop below ----")]
    private static partial Regex TernDown();

    [GeneratedRegex(@"^--[\s-]*down\s+migration", RegexOptions.IgnoreCase)]
    private static partial Regex NodePgMigrateDown();

    [GeneratedRegex(@"^--\s*//\s*@UNDO")]
    private static partial Regex MyBatisUndo();

    [GeneratedRegex(@"^--.*!Downs")]
    private static partial Regex PlayDowns();

    [GeneratedRegex(@"^--.*==== DOWN ====")]
    private static partial Regex ShmigDown();

    [GeneratedRegex(@"^--\s*rambler\s+down", RegexOptions.IgnoreCase)]
    private static partial Regex RamblerDown();
}
