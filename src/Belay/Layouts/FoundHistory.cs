using Belay.Layouts.Foreign;

namespace Belay.Layouts;

/// <summary>A tool's history in a database.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Reader">How it is read.</param>
/// <param name="Table">The table.</param>
internal sealed record FoundHistory(string Tool, IForeignHistory Reader, ForeignTable Table);
