using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Hands a session on from one file to the next when the server says that it is as at its beginning; otherwise the next file gets
/// a new one. To begin a session costs more than what most files do.</summary>
/// <param name="files">How many files there are; the session of the last one is handed on to nobody.</param>
internal sealed class SessionKeeper(RunContext context, int files) : IAsyncDisposable
{
    /// <summary>What a file may leave to the session, and what decides how a new session would begin. The state of functions in other
    /// languages, of libraries and of random() no server tells.</summary>
    private const string Mark = """
        SELECT pg_catalog.md5(pg_catalog.concat_ws('|',
            (SELECT pg_catalog.string_agg(s.name || '=' || s.setting, ',' ORDER BY s.name) FROM pg_catalog.pg_settings s),
            pg_catalog.current_setting('role'), session_user,
            (SELECT pg_catalog.string_agg(d::text, ',' ORDER BY d.setdatabase, d.setrole) FROM pg_catalog.pg_db_role_setting d),
            (SELECT count(*) FROM pg_catalog.pg_prepared_statements), (SELECT count(*) FROM pg_catalog.pg_cursors),
            (SELECT count(*) FROM pg_catalog.pg_listening_channels()),
            (SELECT count(*) FROM pg_catalog.pg_locks l WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory'),
            (SELECT count(*) FROM pg_catalog.pg_depend d
                WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = pg_catalog.pg_my_temp_schema())))
        """;

    /// <summary>Statements that can do to a session only what the mark shows. SELECT, DO and CALL run functions that may do anything, LOAD
    /// a library, and of settings with a dot in their names, which SET may make, the server has no list.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "ALTER", "COMMENT", "COPY", "CREATE", "DELETE", "DROP", "GRANT", "INSERT", "REVOKE", "TRUNCATE", "UPDATE",
    };

    private MigrationSession? kept;
    private string? mark;

    /// <summary>The session for the next file.</summary>
    public async Task<MigrationSession> TakeAsync(CancellationToken cancellationToken)
    {
        files--;
        if (kept is { } session)
        {
            kept = null;
            return session;
        }

        var opened = await MigrationSession.OpenAsync(context, cancellationToken);
        try
        {
            mark = files > 0 ? await ReadAsync(opened, cancellationToken) : null;
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps the session for the next file when nothing is left in it, and ends it otherwise: also one that was lost at
    /// a COMMIT which the server had done.</summary>
    /// <param name="statements">What ran in it.</param>
    /// <returns>Whether it is kept.</returns>
    public async Task<bool> KeepAsync(MigrationSession session, IEnumerable<Sql.ScriptStatement> statements)
    {
        var isPlain = statements.All(statement => statement.Shape.Words is [var first, ..] && Plain.Contains(first));
        if (files > 0 && mark is not null && isPlain && session.IsOpen && await IsAsAtItsBeginningAsync(session))
        {
            kept = session;
        }

        return kept is not null;
    }

    /// <summary>Ends the session that waits for its next file, if one does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (kept is { } session)
        {
            kept = null;
            await session.DisposeAsync();
        }
    }

    private static async Task<string?> ReadAsync(MigrationSession session, CancellationToken cancellationToken)
        => await session.ScalarAsync($"DISCARD SEQUENCES; {Mark}", cancellationToken) as string;

    /// <summary>A setting with a dot that a function has made is not in the mark; to reset all settings empties it.</summary>
    private async Task<bool> IsAsAtItsBeginningAsync(MigrationSession session)
    {
        try
        {
            if (await ReadAsync(session, CancellationToken.None) != mark)
            {
                return false;
            }

            await session.ResetAsync(CancellationToken.None);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
