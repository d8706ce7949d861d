using Belay.Layouts.Reading;

namespace Belay.Layouts.Prisma;

/// <summary>Prisma Migrate.</summary>
internal static class PrismaTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("prisma")
    {
        Layout = new PrismaLayout(),
        History = new PrismaHistory(),
    };
}
