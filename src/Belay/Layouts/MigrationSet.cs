using Belay.Sql;

namespace Belay.Layouts;

/// <summary>A folder of migrations as it was read.</summary>
/// <param name="Layout">The layout's name, for example <c>flyway</c>.</param>
/// <param name="Recognition">How the layout was recognised, in one line; null when it was chosen, or is Belay's own.</param>
/// <param name="Migrations">The versioned migrations in order, then the repeatable ones in the order of their names.</param>
/// <param name="Remarks">What was left out and should be known, one line each.</param>
public sealed record MigrationSet(string Layout, string? Recognition, IReadOnlyList<Migration> Migrations, IReadOnlyList<string> Remarks);
