using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds files whose names say that they take back what another one does: <c>1-a_down.sql</c> beside <c>1-a.sql</c>,
/// <c>001.undo.a.sql</c> beside <c>001.do.a.sql</c>.</summary>
internal static partial class WayBackNames
{
    private static readonly string[] Backward = ["down", "undo", "rollback", "revert"];
    private static readonly string[] Forward = ["up", "do", "deploy", "upgrade", "forward"];

    /// <summary>Adds a fault for each of them, since the layout took it for a migration.</summary>
    public static void Refuse(IReadOnlyList<Migration> migrations, List<string> faults)
    {
        var forward = migrations.Where(migration => !Words(migration).Any(Backward.Contains))
            .ToLookup(migration => Stem(migration, Forward));
        foreach (var migration in migrations.Where(migration => Words(migration).Count(Backward.Contains) == 1))
        {
            if (forward[Stem(migration, Backward)].FirstOrDefault() is { } other)
            {
                faults.Add(
                    $"{migration.Path} takes back {other.FileName} by its name, and would run after it: name it as the layout wants a "
                        + "rollback, or move it away");
            }
        }
    }

    private static string Stem(Migration migration, string[] without)
        => string.Join(' ', Words(migration).Where(word => !without.Contains(word)));

    private static string[] Words(Migration migration) => Separator().Split(migration.FileName.ToLowerInvariant());

    [GeneratedRegex(@"[^a-z0-9]+")]
    private static partial Regex Separator();
}
