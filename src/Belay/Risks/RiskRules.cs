using Belay.Migrations.Observation;

namespace Belay.Risks;

/// <summary>Every kind of risk. Another one is another value here.</summary>
internal static class RiskRules
{
    private const string Catalogue = "the catalogue before and after the statement";
    private const string FileNumbers = "the numbers of the tables' files, and the catalogue";
    private const string Counters = "`pg_stat_xact_user_tables`";

    /// <summary>The rules in the order of messages and documentation.</summary>
    public static IReadOnlyList<RiskRule> All { get; } =
    [
        new()
        {
            Name = "drop-table",
            Sees = "a table that is dropped, with its rows",
            From = "the first row",
            Found = $"{Catalogue}; the rows are counted afterwards, when nothing is locked",
            Safer = "rename the table in this release and drop it in a later one",
            Look = evidence => evidence.Effects
                .Where(effect => effect is { Change.IsDropped: true, IsView: false } && !Follows(effect, evidence))
                .Select(effect => new RiskSubject($"{effect.Table} goes", null) { Table = effect, Lost = new(effect.Table, null) }),
        },
        new()
        {
            Name = "drop-column",
            Sees = "a column that is dropped, with its values that are not null; not one that is computed",
            From = "the first value",
            Found = $"{Catalogue}; the values are counted afterwards, when nothing is locked",
            Safer = "have the application leave the column alone in this release, and drop it in a later one",
            Look = evidence => evidence.Effects.Where(effect => !effect.IsPartition).SelectMany(effect => effect.Change.ColumnsDropped
                .Select(column => new RiskSubject($"{effect.Table}.{column} goes", null)
                {
                    Table = effect,
                    Lost = new(effect.Table, column),
                })),
        },
        new()
        {
            Name = "truncate",
            Sees = "a table that is emptied at one stroke, also by CASCADE",
            From = "the first row",
            Found = "the numbers and sizes of the tables' files; the rows are counted afterwards",
            Safer = "DELETE in batches of what is not needed, after a look at it",
            Look = evidence => evidence.Effects.Where(effect => effect.IsEmptied)
                .Select(effect => new RiskSubject($"{effect.Table} is emptied", null) { Table = effect, Lost = new(effect.Table, null) }),
        },
        new()
        {
            Name = "delete-rows",
            Sees = "all rows of a table deleted, or rows of that size together, in the migration's transaction",
            From = $"the first row for all, {RiskRule.FromSize} for some",
            Found = $"{Counters}; afterwards it is looked whether the table has more rows than went",
            Safer = "batches, each in a transaction of its own, outside the migration",
            Look = evidence => evidence.Effects.Where(effect => effect.RowsDeleted > 0)
                .Select(effect => new RiskSubject(
                    $"{Quantity.Count(effect.RowsDeleted, "row")} of {effect.Table} {(effect.RowsDeleted == 1 ? "is" : "are")} deleted",
                    effect.RowsDeleted >= effect.RowsRead && effect.RowsRead > 0 ? null : effect.ShareOf(effect.RowsDeleted))
                {
                    Table = effect,
                    Lost = evidence.Gone.GetValueOrDefault(effect.Table) is var gone and > 0
                        ? new(effect.Table, null) { Rows = gone }
                        : null,
                }),
        },
        new()
        {
            Name = "update-rows",
            Sees = "rows of that size together updated in the migration's transaction: until it ends they are locked, and afterwards dead",
            Found = Counters,
            Safer = "batches, each in a transaction of its own, outside the migration",
            Look = evidence => evidence.Effects.Where(effect => effect.RowsUpdated > 0)
                .Select(effect => new RiskSubject(
                    $"{Quantity.Count(effect.RowsUpdated, "row")} of {effect.Table} {(effect.RowsUpdated == 1 ? "is" : "are")} updated",
                    effect.ShareOf(effect.RowsUpdated))
                {
                    Table = effect,
                }),
        },
        new()
        {
            Name = "drop-cascade",
            Sees = "things that go along with what is dropped: DROP … CASCADE",
            From = "the first one",
            Found = "the server's own notice",
            Safer = "drop each thing by its name, without CASCADE",
            Look = evidence => (evidence.Statement?.Cascaded ?? []).Select(line => new RiskSubject(line, null)),
        },
        new()
        {
            Name = "change-type",
            Sees = "a column's type changed so that the table is written anew",
            Found = FileNumbers,
            Safer = "a new column beside the old one, filled in batches, then a change of names",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRewritten: true, Change.TypesChanged.Count: > 0 },
                effect => $"{effect.Table} is written anew for {string.Join(", ", effect.Change.TypesChanged)}"),
        },
        new()
        {
            Name = "volatile-default",
            Sees = "a new column for which the table is written anew: a default that differs by row, an identity, a computed column",
            Found = FileNumbers,
            Safer = "add the column without a default, set the default in a second statement, and fill in batches",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRewritten: true, Change: { TypesChanged.Count: 0, ColumnsAdded.Count: > 0 } },
                effect => $"{effect.Table} is written anew for {string.Join(", ", effect.Change.ColumnsAdded)}"),
        },
        new()
        {
            Name = "rewrite-table",
            Sees = "a table written anew for another reason: CLUSTER, SET LOGGED, SET TABLESPACE, …",
            Found = FileNumbers,
            Safer = "a time without users, or a tool that copies the table beside it",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRewritten: true, Change: { TypesChanged.Count: 0, ColumnsAdded.Count: 0 } },
                effect => $"{effect.Table} is written anew"),
        },
        new()
        {
            Name = "create-index",
            Sees = "an index built without CONCURRENTLY, also for a key: writers wait until the transaction ends",
            Found = $"{Catalogue}; CONCURRENTLY is read in the statement",
            Safer = "CREATE INDEX CONCURRENTLY in a file of its own with \"-- belay: no-transaction\"; for a key then ADD … USING INDEX",
            Look = evidence => evidence.Statement?.Shape.IsConcurrent is true ? [] : evidence.Tables(
                effect => effect is { IsRewritten: false, IsEmptied: false, Change.Indexes.Count: > 0 },
                effect => $"{string.Join(", ", effect.Change.Indexes)} on {effect.Table} is built while writers wait"),
        },
        new()
        {
            Name = "set-not-null",
            Sees = "a column that may not be null any more, for which the table is read through while nobody can use it",
            Found = $"{Catalogue}, and {Counters}",
            Safer = "CHECK (… IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in the next file, SET NOT NULL in the one after it",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRewritten: false, RowsRead: > 0, Change.NotNull.Count: > 0 },
                effect => $"{effect.Table} is read through for NOT NULL of {string.Join(", ", effect.Change.NotNull)}"),
        },
        new()
        {
            Name = "add-check",
            Sees = "a CHECK constraint added and validated in one go: nobody can use the table meanwhile",
            Found = $"{Catalogue}, and {Counters}",
            Safer = "NOT VALID here, VALIDATE CONSTRAINT in the next file",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRewritten: false, IsRead: true, Change.Checks.Count: > 0 },
                effect => $"{effect.Table} is read through for CHECK {string.Join(", ", effect.Change.Checks)}"),
        },
        new()
        {
            Name = "add-foreign-key",
            Sees = "a foreign key added and validated in one go: writers of both tables wait",
            Found = $"{Catalogue}, and {Counters}",
            Safer = "NOT VALID here, VALIDATE CONSTRAINT in the next file",
            Look = evidence => evidence.Tables(
                effect => effect is { IsRead: true, Change.ForeignKeys.Count: > 0 },
                effect => $"{effect.Table} is read through for FOREIGN KEY {string.Join(", ", effect.Change.ForeignKeys)}"),
        },
        new()
        {
            Name = "lock-and-work",
            Sees = "a table or view locked against everybody while the same transaction goes on to read or write rows of that size",
            Found = $"`pg_locks` after each statement, and {Counters}",
            Safer = "a file of its own for the statement that locks, or put it last",
            Look = evidence => Locked(evidence) is { Count: > 0 } locked && evidence.Later.Sum(Work) is var work and > 0
                ? [new RiskSubject(Waiting(locked, evidence.Later.MaxBy(Work)!, work), work) { Table = locked[0] }]
                : [],
        },
        new()
        {
            Name = "rename",
            Sees = "a table with rows, a view or a column with another name, where nothing gets the old one",
            From = "the first row",
            Found = Catalogue,
            Safer = "a view, or a second column, with the other name, until nobody uses the old one",
            Look = evidence => evidence.Effects.Where(effect => effect.Bytes > 0 || effect.IsView)
                .SelectMany(effect => Renamed(effect, evidence)),
        },
        new()
        {
            Name = "enum-value-at-once",
            Sees = "an enum value used in the release that adds it: applications that run meanwhile do not know it",
            From = "the first use",
            Found = "the server's refusal (55P04)",
            Safer = "the value in one release, its use in the next",
            Look = evidence => evidence.Untried is { UsesNewEnumValue: true, Why: var why } ? [new RiskSubject($"it {why}", null)] : [],
        },
        new()
        {
            Name = "not-tried",
            Sees = "a file that the trial cannot run, so that its risks are not known; not one that only builds or drops indexes "
                + "concurrently, validates, adds enum values or vacuums",
            From = "the first statement",
            Found = "the dry run; the sort of statements outside a transaction is read",
            Safer = "./build.sh Rehearse shows on a copy what it does",
            Look = evidence => evidence.Untried is { UsesNewEnumValue: false, Why: var why } ? [new RiskSubject($"it {why}", null)] : [],
        },
    ];

    /// <summary>The rule of a name; null when there is none.</summary>
    public static RiskRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>A partition that goes with its table is counted with it.</summary>
    private static bool Follows(TableEffect effect, RiskEvidence evidence)
        => effect.IsPartition
            && evidence.Effects.Any(other => other is { Change.IsDropped: true, HasRows: false, IsView: false });

    private static IReadOnlyList<TableEffect> Locked(RiskEvidence evidence)
        => [.. evidence.Effects.Where(effect => effect.ShutsOut && !effect.Change.IsDropped).OrderByDescending(effect => effect.Bytes)];

    private static long Work(ObservedStatement statement) => statement.Effects.Sum(effect => effect.Work);

    private static string Waiting(IReadOnlyList<TableEffect> locked, ObservedStatement longest, long work)
        => $"{locked[0].Table}{(locked.Count == 1 ? " stays" : $" and {locked.Count - 1} more stay")} locked while "
            + $"{Quantity.Bytes(work)} are gone through, most of them at line {longest.Line} {longest.Title}";

    private static IEnumerable<RiskSubject> Renamed(TableEffect effect, RiskEvidence evidence)
    {
        if (effect.Change.NewName is { } name && name != effect.Table && !evidence.Refilled.Contains(effect.Table))
        {
            yield return new RiskSubject($"{effect.Table} is {name} afterwards", null) { Table = effect };
        }

        foreach (var (from, to) in effect.Change.ColumnsRenamed.Where(_ => !effect.IsPartition))
        {
            if (!evidence.Later.Any(later => later.Effects.Any(other
                => other.Table == effect.Table && other.Change.ColumnsAdded.Contains(from))))
            {
                yield return new RiskSubject($"{effect.Table}.{from} is {to} afterwards", null) { Table = effect };
            }
        }
    }
}
