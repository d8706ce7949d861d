using Npgsql;

namespace Belay.Bench.Backups;

/// <summary>A database of a chosen size: text, numbers, jsonb and bytes that no codec makes smaller.</summary>
internal static class SampleData
{
    private const int RowsAtOnce = 20_000;

    /// <summary>The stored size of one row, about: 200 B of text, 150 B of jsonb, 100 B of random bytes, numbers and times.</summary>
    private const int BytesPerRow = 560;

    /// <summary>As many tables of the same size, so that several workers of pg_dump have something to do.</summary>
    private const int Tables = 4;

    private static string CreateTable(int table) => $"""
        CREATE TABLE sample_{table} (
            id bigint, created timestamptz, amount numeric(12, 2), score double precision, name text, note text, detail jsonb, token bytea)
        """;

    private static string InsertRows(int table) => $"""
        INSERT INTO sample_{table}
        SELECT n, timestamptz '2020-01-01' + n * interval '7 seconds', (n % 100000) * 1.37, random(),
               'user ' || n || ' of group ' || n % 97,
               repeat(md5((n % 5000)::text) || ' lorem ipsum dolor sit amet ', 3),
               jsonb_build_object('id', n, 'tags', jsonb_build_array('a' || n % 10, 'b' || n % 100), 'active', n % 3 = 0, 'path', md5(n::text)),
               decode(md5(random()::text) || md5(random()::text) || md5(random()::text), 'hex') || decode(md5(random()::text) || md5(random()::text) || md5(random()::text), 'hex')
        FROM generate_series($1::bigint, $2::bigint) AS n
        """;

    /// <summary>Fills the connected database, once.</summary>
    /// <param name="connection">A connection of a role that may create tables.</param>
    /// <param name="bytes">The size to reach, about.</param>
    public static async Task FillAsync(NpgsqlConnection connection, long bytes, CancellationToken cancellationToken)
    {
        for (var table = 0; table < Tables; table++)
        {
            await ExecuteAsync(connection, CreateTable(table), [], cancellationToken);
        }

        for (long row = 0; row < bytes / BytesPerRow; row += RowsAtOnce)
        {
            await ExecuteAsync(connection, InsertRows((int)(row / RowsAtOnce % Tables)), [row, row + RowsAtOnce - 1], cancellationToken);
        }

        for (var table = 0; table < Tables; table++)
        {
            await ExecuteAsync(
                connection, $"ALTER TABLE sample_{table} ADD PRIMARY KEY (id); ANALYZE sample_{table}", [], cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, long[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter<long> { TypedValue = value }).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
