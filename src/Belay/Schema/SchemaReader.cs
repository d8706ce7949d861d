using System.Security.Cryptography;
using System.Text;
using Belay.Postgres;
using Npgsql;

namespace Belay.Schema;

/// <summary>Reads a schema from the catalogue, with one query per kind of object.</summary>
internal static class SchemaReader
{
    private const int HashShown = 16;

    /// <summary>Describes the schema.</summary>
    /// <param name="connection">An open connection; a transaction on it is used, so that its own changes are seen.</param>
    /// <returns>Null for a server older than PostgreSQL 12.</returns>
    /// <exception cref="PostgresException">The catalogue could not be read; an open transaction is spoilt then.</exception>
    public static async Task<SchemaSnapshot?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.PostgreSqlVersion.Major < SchemaQueries.OldestMajor)
        {
            return null;
        }

        var usual = await SetSearchPathAsync(connection, "pg_catalog", cancellationToken);
        var lines = new List<string>();
        var owned = new List<OwnedObject>();
        foreach (var query in SchemaQueries.All)
        {
            await ReadAsync(connection, query, lines, owned, cancellationToken);
        }

        await SetSearchPathAsync(connection, usual, cancellationToken);
        lines.Sort(StringComparer.Ordinal);
        return new SchemaSnapshot { Lines = lines, Owned = owned, ServerMajor = connection.PostgreSqlVersion.Major };
    }

    private static async Task ReadAsync(
        NpgsqlConnection connection, string query, List<string> lines, List<OwnedObject> owned, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (kind, name) = (reader.GetString(0), reader.GetString(1));
            var line = new StringBuilder($"{kind} {name}{reader.GetString(2)}");
            if (!await reader.IsDBNullAsync(3, cancellationToken))
            {
                var owner = reader.GetString(3);
                owned.Add(new OwnedObject(kind, name, owner));
                line.Append($" owner {owner}");
            }

            if (!await reader.IsDBNullAsync(4, cancellationToken))
            {
                line.Append(
                    $" definition {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reader.GetString(4))))[..HashShown]}");
            }

            lines.Add(line.Replace("\r", "\\r").Replace("\n", "\\n").ToString());
        }
    }

    private static async Task<string> SetSearchPathAsync(NpgsqlConnection connection, string path, CancellationToken cancellationToken)
    {
        return (string)(await connection.ScalarAsync(
            "SELECT pg_catalog.current_setting('search_path'), pg_catalog.set_config('search_path', $1, "
                + "false)", [path], cancellationToken))!;
    }
}
