using Npgsql;
using NpgsqlTypes;

namespace Belay.Postgres;

/// <summary>A question to a server; text alone is one without values.</summary>
/// <param name="Values">Those of $1, $2 and so on: what the driver knows the type of, or a parameter.</param>
internal readonly record struct SqlQuery(string Sql, params IReadOnlyList<object?> Values)
{
    /// <summary>A text that may be NULL, and whose type the server cannot tell from its place.</summary>
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>A whole number that may be NULL.</summary>
    public static NpgsqlParameter Number(long? value)
        => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static implicit operator SqlQuery(string sql) => new(sql);
}
