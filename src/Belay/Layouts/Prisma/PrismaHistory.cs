using System.Security.Cryptography;
using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Prisma;

/// <summary><c>_prisma_migrations</c>: a row per attempt, with the file's SHA-256; an attempt without an end failed,
/// unless it was resolved.</summary>
internal sealed class PrismaHistory : IForeignHistory
{
    public string Table => "_prisma_migrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("migration_name");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT migration_name, checksum, finished_at FROM {table.Quoted} WHERE rolled_back_at IS NULL ORDER BY migration_name "
                + "COLLATE \"C\", started_at",
            cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => row[2] is not null).Select(Entry).DistinctBy(entry => entry.Id)])
        {
            Faults = [.. rows.Where(row => row[2] is null).Select(row => Failed(row[0]!))],
        };
    }

    private static ForeignEntry Entry(IReadOnlyList<string?> row) => new(row[0]!)
    {
        Script = $"{row[0]}/migration.sql",
        Checksum = new ForeignChecksum(row[1]!, content => Convert.ToHexStringLower(SHA256.HashData(content))),
        Detail = $"finished at {row[2]}",
    };

    private static AdoptionFault Failed(string name) => new(
        $"{name} failed: nobody knows how much of it is in the database",
        "bring the database to the state before or after that file by hand, then prisma migrate resolve, then "
            + "./build.sh Adopt --from prisma");
}
