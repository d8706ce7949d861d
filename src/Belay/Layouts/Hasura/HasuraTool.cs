using Belay.Layouts.Foreign;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Hasura;

/// <summary>Hasura, which keeps the history of its migrations in its own metadata.</summary>
internal static class HasuraTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("hasura")
    {
        Layout = new HasuraLayout(),
        History = new NoticedHistory("hdb_version", "hasura_uuid") { Schema = "hdb_catalog", IsBoundToSchema = true },
    };
}
