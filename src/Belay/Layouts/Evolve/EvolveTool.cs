using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Evolve;

/// <summary>Evolve, whose files are Flyway's by their names and read so.</summary>
internal static partial class EvolveTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("evolve")
    {
        History = new EvolveHistory(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.FirstLine),
    };

    [GeneratedRegex(@"^--.*\bevolve-tx-off\b")]
    private static partial Regex NoTransaction();
}
