using System.Text;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>The session settings that a script may leave behind, by name.</summary>
internal static class SessionSettings
{
    /// <summary>To read pg_settings costs more than what most files do. It has limits in milliseconds, current_setting with the unit that
    /// suits.</summary>
    public const string Question = """
        SELECT name, CASE WHEN name LIKE '%timeout' THEN (1000 * extract(epoch FROM setting::interval))::bigint::text ELSE setting END
        FROM pg_catalog.unnest('{search_path, role, client_encoding, lock_timeout, statement_timeout, idle_in_transaction_session_timeout, idle_session_timeout,
            transaction_timeout, default_transaction_isolation, default_transaction_read_only, TimeZone, DateStyle, row_security,
            check_function_bodies, session_replication_role, standard_conforming_strings, default_tablespace, default_table_access_method}'::text[])
            AS names (name),
            LATERAL (SELECT pg_catalog.current_setting(name, true)) AS settings (setting)
        WHERE setting IS NOT NULL
        UNION ALL SELECT 'session_authorization', session_user::text
        """;

    /// <summary>Reads the settings as they are now.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
        => (await connection.RowsAsync(Question, Row, cancellationToken)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads the answer to <see cref="Question"/>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => (await reader.RowsAsync(Row, cancellationToken)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Names each setting that differs: <c>search_path is 'x', was 'y'</c>.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
        => [.. from setting in before
               where after[setting.Key] != setting.Value
               orderby setting.Key
               select $"{setting.Key} is '{after[setting.Key]}', was '{setting.Value}'"];

    /// <summary>Gives checks, journal and history row the role, the search path and the encoding of the session's beginning,
    /// for the rest of the transaction.</summary>
    public static Task RestoreForTransactionAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> before, CancellationToken cancellationToken)
        => connection.ExecuteAsync(RestoringForTransaction(before), cancellationToken);

    /// <summary>The statement that does so.</summary>
    public static SqlQuery RestoringForTransaction(IReadOnlyDictionary<string, string> before) => Setting(before, local: true);

    /// <summary>Gives checks and history row the role, the search path and the encoding of the session's beginning.</summary>
    public static Task RestoreAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> before, CancellationToken cancellationToken)
        => connection.ExecuteAsync(Setting(before, local: false), cancellationToken);

    /// <summary>Takes away what a script left in the session: every setting, cursors, prepared statements, temporary objects, values of
    /// sequences, the role. Sets nothing that is right: not every role may.</summary>
    public static async Task RefreshAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> before, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "CLOSE ALL; DEALLOCATE ALL; DISCARD TEMP; DISCARD SEQUENCES; RESET SESSION AUTHORIZATION; RESET ALL", cancellationToken);
        var kept = before.Where(one => one.Key is not ("role" or "session_authorization")).ToList();
        await connection.ScalarAsync(
            """
            SELECT count(pg_catalog.set_config(s.name, kept.value, false))
            FROM unnest($1::text[], $2::text[]) AS kept (name, value) JOIN pg_catalog.pg_settings s ON s.name = kept.name AND s.setting <> kept.value
            """,
            [kept.Select(one => one.Key).ToArray(), kept.Select(one => one.Value).ToArray()],
            cancellationToken);
    }

    /// <summary>The values go as bytes, which the server reads as UTF-8 whatever encoding the session has by then.</summary>
    private static SqlQuery Setting(IReadOnlyDictionary<string, string> before, bool local) => new(
        """
        SELECT CASE WHEN session_user::text <> pg_catalog.convert_from($1, 'UTF8')
                THEN pg_catalog.set_config('session_authorization', pg_catalog.convert_from($1, 'UTF8'), $5) END,
            pg_catalog.set_config('role', pg_catalog.convert_from($2, 'UTF8'), $5),
            pg_catalog.set_config('search_path', pg_catalog.convert_from($3, 'UTF8'), $5),
            pg_catalog.set_config('client_encoding', $4, $5)
        """,
        Encoding.UTF8.GetBytes(before["session_authorization"]),
        Encoding.UTF8.GetBytes(before["role"]),
        Encoding.UTF8.GetBytes(before["search_path"]),
        before["client_encoding"],
        local);

    private static (string Name, string Setting) Row(NpgsqlDataReader reader) => (reader.GetString(0), reader.GetString(1));
}
