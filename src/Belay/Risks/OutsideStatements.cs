using Belay.Migrations.DryRuns;
using Belay.Sql;

namespace Belay.Risks;

/// <summary>Tells which statements of a file outside a transaction are of a sort that does no harm.</summary>
internal static class OutsideStatements
{
    /// <summary>What ALTER TABLE may do beside VALIDATE CONSTRAINT.</summary>
    private static readonly string[] OtherActions = ["ADD", "ALTER", "CLUSTER", "DROP", "SET"];

    /// <summary>The others, in words; null when there is none.</summary>
    public static string? Doubtful(Migration migration)
    {
        var doubtful = MigrationScript.Read(migration.Text, noTransaction: true).Statements.Where(one => !IsHarmless(one.Shape)).ToList();
        return doubtful.Count == 0 ? null
            : $"runs outside a transaction, from line {doubtful[0].Position.Line} {doubtful[0].Shape.Title} on"
                + (doubtful.Count == 1 ? "" : $", with {Quantity.Count(doubtful.Count - 1, "more statement")} that may be a risk");
    }

    /// <summary>The statements of a rehearsal that may commit by themselves: the rows that they change nobody counts.</summary>
    public static IReadOnlyList<UntriedFile> Uncounted(IEnumerable<Migration> files)
        =>
        [
            .. files.Where(file => file.Directives.NoTransaction).SelectMany(file => MigrationScript.Read(file.Text, noTransaction: true)
                .Statements.Where(one => one.Shape.MayCommit)
                .Select(one => new UntriedFile(
                    file.FileName,
                    $"{file.FileName}:{one.Position.Line} {one.Shape.Title}",
                    "runs outside a transaction, where nobody counts the rows that it changes"))),
        ];

    /// <summary>What a dry run did not try, without files of which nothing is to be feared.</summary>
    public static IReadOnlyList<UntriedFile> Doubtful(IEnumerable<UntriedFile> untried, IReadOnlyList<Migration> pending)
        =>
        [
            .. untried.Select(one => pending.First(file => file.FileName == one.File) is { Directives.NoTransaction: true } outside
                    ? Doubtful(outside) is { } why ? one with { Why = why } : null
                    : one)
                .OfType<UntriedFile>(),
        ];

    private static bool IsHarmless(StatementShape shape) => shape.IsConcurrent || shape.AddsEnumValue || shape.Words is
        ["SET" or "RESET" or "SHOW" or "ANALYZE" or "ANALYSE" or "COMMENT", ..]
        || (shape.Words is ["VACUUM", ..] && !shape.Words.Contains("FULL"))
        || (shape.Words is ["ALTER", "TABLE", .., "VALIDATE", "CONSTRAINT"] or ["ALTER", "TABLE", .., "VALIDATE", "CONSTRAINT", _]
            && !shape.Words.Skip(2).Intersect(OtherActions).Any());
}
