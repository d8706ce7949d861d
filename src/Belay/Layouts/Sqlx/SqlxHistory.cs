using System.Security.Cryptography;
using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Sqlx;

/// <summary><c>_sqlx_migrations</c>: a row per file with its SHA-384; one without success ran outside a
/// transaction and did not end.</summary>
internal sealed class SqlxHistory : IForeignHistory
{
    public string Table => "_sqlx_migrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version") && table.Columns.Contains("checksum");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT version, description, installed_on, success, encode(checksum, 'hex'), execution_time FROM {table.Quoted} ORDER BY "
                + "version",
            cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => ForeignRows.IsTrue(row[3])).Select(Entry)])
        {
            Faults = [.. rows.Where(row => !ForeignRows.IsTrue(row[3])).Select(row => Dirty(row[0]!))],
        };
    }

    private static ForeignEntry Entry(IReadOnlyList<string?> row) => new(row[0]!)
    {
        Version = ForeignRows.Number(row[0]),
        Name = row[1],
        Checksum = new ForeignChecksum(row[4]!, content => Convert.ToHexStringLower(SHA384.HashData(content))),
        Detail = $"installed on {row[2]}",
        Duration = ForeignRows.Number(row[5]) is { } nanoseconds
            ? TimeSpan.FromTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick))
            : TimeSpan.Zero,
    };

    private static AdoptionFault Dirty(string version) => new(
        $"version {version} is no success: it failed, and nobody knows how much of it is in the database",
        "bring the database to the state before or after that file by hand, delete or mend its row in _sqlx_migrations, then "
            + "./build.sh Adopt --from sqlx");
}
