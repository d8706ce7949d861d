using System.Security.Cryptography;
using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Drizzle;

/// <summary><c>drizzle.__drizzle_migrations</c>: a row per applied file with its time in the journal and its SHA-256.</summary>
internal sealed class DrizzleHistory : IForeignHistory
{
    public string Table => "__drizzle_migrations";

    public string? Schema => "drizzle";

    public bool Owns(ForeignTable table) => table.Columns.Contains("hash") && table.Columns.Contains("created_at");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT created_at, hash FROM {table.Quoted} ORDER BY created_at", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => row[0] is not null).Select(row => new ForeignEntry(row[0]!)
        {
            Checksum = new ForeignChecksum(row[1]!, content => Convert.ToHexStringLower(SHA256.HashData(content))),
        })]);
    }
}
