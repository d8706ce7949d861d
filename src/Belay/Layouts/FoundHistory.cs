using Belay.Layouts.Foreign;

namespace Belay.Layouts;

/// <summary>A tool's history in a database.</summary>
/// <param name="Reader">How it is read.</param>
internal sealed record FoundHistory(string Tool, IForeignHistory Reader, ForeignTable Table);
