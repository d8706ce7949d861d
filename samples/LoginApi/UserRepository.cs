using Npgsql;

namespace LoginApi;

/// <summary>Reads users as the guide's model does: all columns, so a missing one fails every login.</summary>
/// <param name="database">The pool, kept open across migrations.</param>
public sealed class UserRepository(NpgsqlDataSource database)
{
    private const string ByName = """
        SELECT "user".id, "user".username, "user".password_hash,
            "user".clear_previous_anomalies, "user".show_clear_warning, "user".max_reports, "user".max_templates
        FROM "user"
        WHERE "user".username = $1
        """;

    /// <summary>The user of this name; null when there is none.</summary>
    public async Task<User?> FindAsync(string username, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ByName);
        command.Parameters.AddWithValue(username);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private static User Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt32(0),
        Username = reader.GetString(1),
        PasswordHash = reader.IsDBNull(2) ? null : reader.GetString(2),
        ClearPreviousAnomalies = reader.GetBoolean(3),
        ShowClearWarning = reader.GetBoolean(4),
        MaxReports = reader.GetInt32(5),
        MaxTemplates = reader.GetInt32(6),
    };
}
