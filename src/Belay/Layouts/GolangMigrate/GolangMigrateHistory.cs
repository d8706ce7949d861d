using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.GolangMigrate;

/// <summary>golang-migrate's <c>schema_migrations</c>: one row with the newest version, and whether it failed part-way.</summary>
internal sealed class GolangMigrateHistory : IForeignHistory
{
    public string Table => "schema_migrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version") && table.Columns.Contains("dirty");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        // A version below zero is how it writes that a first migration failed.
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT version, dirty FROM {table.Quoted}", cancellationToken);
        var entries = rows.Select(row => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), ReachesBack = true });
        return new ForeignHistory(table.Quoted, [.. entries.Where(entry => entry.Version is not null)])
        {
            Faults = [.. rows.Where(row => ForeignRows.IsTrue(row[1])).Select(row => Dirty(row[0]!))],
        };
    }

    private static AdoptionFault Dirty(string version) => new(
        $"version {version} is dirty: it failed, and nobody knows how much of it is in the database",
        "bring the database to the state before or after that file by hand, then migrate force with that version, then "
            + "./build.sh Adopt --from golang-migrate");
}
