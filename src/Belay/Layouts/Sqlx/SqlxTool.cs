using Belay.Layouts.Reading;

namespace Belay.Layouts.Sqlx;

/// <summary>sqlx. Its marker for no transaction, a first line "-- no-transaction", is one of those of plain files.</summary>
internal static class SqlxTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("sqlx")
    {
        Layout = new SqlxLayout(),
        History = new SqlxHistory(),
    };
}
