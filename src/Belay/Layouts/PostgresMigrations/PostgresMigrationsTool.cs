using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.PostgresMigrations;

/// <summary>postgres-migrations.</summary>
internal static partial class PostgresMigrationsTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("postgres-migrations")
    {
        Layout = new PostgresMigrationsLayout(),
        History = new PostgresMigrationsHistory(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.Anywhere),
    };

    [GeneratedRegex(@"-- postgres-migrations disable-transaction")]
    private static partial Regex NoTransaction();
}
