using Belay.Sql;
using Npgsql;

namespace Belay.Layouts.Foreign;

/// <summary>Reads rows of another tool's table as texts, whatever types its versions have used.</summary>
internal static class ForeignRows
{
    /// <summary>Every row of a query; null for NULL.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string?>>> ReadAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new string?[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = await reader.IsDBNullAsync(column, cancellationToken) ? null : reader.GetString(column);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A version; null for any other text.</summary>
    public static decimal? Number(string? text) => MigrationVersion.TryParse(text, out var version) ? version : null;

    /// <summary>PostgreSQL's text of a boolean.</summary>
    public static bool IsTrue(string? text) => text == "t";
}
