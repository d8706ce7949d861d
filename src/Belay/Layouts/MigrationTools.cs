using Belay.Layouts.Alembic;
using Belay.Layouts.Atlas;
using Belay.Layouts.DbUp;
using Belay.Layouts.Dbmate;
using Belay.Layouts.Diesel;
using Belay.Layouts.Drizzle;
using Belay.Layouts.EntityFramework;
using Belay.Layouts.Evolve;
using Belay.Layouts.Flyway;
using Belay.Layouts.GolangMigrate;
using Belay.Layouts.Goose;
using Belay.Layouts.Hasura;
using Belay.Layouts.Liquibase;
using Belay.Layouts.MyBatis;
using Belay.Layouts.NodePgMigrate;
using Belay.Layouts.Own;
using Belay.Layouts.Plain;
using Belay.Layouts.Play;
using Belay.Layouts.PostgresMigrations;
using Belay.Layouts.Prisma;
using Belay.Layouts.Reading;
using Belay.Layouts.Refinery;
using Belay.Layouts.Sqitch;
using Belay.Layouts.SqlMigrate;
using Belay.Layouts.Sqlx;
using Belay.Layouts.Supabase;
using Belay.Layouts.Tern;

namespace Belay.Layouts;

/// <summary>Every tool that is known here, each registered once. Names in parameters, refusals and hints come from here.</summary>
internal static class MigrationTools
{
    /// <summary>Every tool. Where a name could be of several, the first is said.</summary>
    public static IReadOnlyList<MigrationTool> All { get; } =
    [
        OwnTool.Tool,
        GolangMigrateTool.Tool,
        FlywayTool.Tool,
        DbmateTool.Tool,
        GooseTool.Tool,
        SqitchTool.Tool,
        DieselTool.Tool,
        PrismaTool.Tool,
        HasuraTool.Tool,
        DrizzleTool.Tool,
        TernTool.Tool,
        NodePgMigrateTool.Tool,
        SqlMigrateTool.Tool,
        MyBatisTool.Tool,
        PlayTool.Tool,
        AtlasTool.Tool,
        PlainTool.Tool,
        SqlxTool.Tool,
        RefineryTool.Tool,
        DbUpTool.Tool,
        PostgresMigrationsTool.Tool,
        EvolveTool.Tool,
        SupabaseTool.Tool,
        AlembicTool.Tool,
        EntityFrameworkTool.Tool,
        LiquibaseTool.Tool,
        .. NoticedTools.All,
    ];

    /// <summary>The tools whose files are read, by the names that choose them.</summary>
    public static IReadOnlyList<MigrationTool> WithLayout { get; } = [.. All.Where(tool => tool.Layout is not null)];
}
