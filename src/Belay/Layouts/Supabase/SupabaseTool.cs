using Belay.Layouts.Reading;

namespace Belay.Layouts.Supabase;

/// <summary>The supabase CLI. Its files are read like Belay's own or plain ones.</summary>
internal static class SupabaseTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("supabase")
    {
        History = new SupabaseHistory(),
    };
}
