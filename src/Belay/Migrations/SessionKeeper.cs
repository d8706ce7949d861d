using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Hands a session on from one file to the next when the server says that it is as at its beginning; otherwise the next file gets
/// a new one. To begin a session costs more than what most files do.</summary>
/// <param name="files">How many files there are; the session of the last one is handed on to nobody.</param>
internal sealed class SessionKeeper(RunContext context, int files) : IAsyncDisposable
{
    /// <summary>What a file may leave to the session beside settings, and what decides how a new session would begin. The state of
    /// functions in other languages, of libraries and of random() no server tells. The settings at its end are those that a pooler sets
    /// in a process of the server that it had before: to reset all takes them away, and texts would be stored in another
    /// encoding.</summary>
    private const string Mark = """
        SELECT pg_catalog.concat_ws('|',
            (SELECT pg_catalog.string_agg(d::text, ',' ORDER BY d.setdatabase, d.setrole) FROM pg_catalog.pg_db_role_setting d),
            (SELECT count(*) FROM pg_catalog.pg_prepared_statement()), (SELECT count(*) FROM pg_catalog.pg_cursor()),
            (SELECT count(*) FROM pg_catalog.pg_listening_channels()),
            (SELECT count(*) FROM pg_catalog.pg_lock_status() l WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory'),
            CASE WHEN pg_catalog.pg_my_temp_schema() <> 0
                THEN (SELECT count(*) FROM pg_catalog.pg_depend d
                    WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = pg_catalog.pg_my_temp_schema())
                ELSE 0 END,
            pg_catalog.current_setting('application_name'), pg_catalog.current_setting('client_encoding'),
            pg_catalog.current_setting('DateStyle'), pg_catalog.current_setting('IntervalStyle'), pg_catalog.current_setting('TimeZone'),
            pg_catalog.current_setting('search_path'))
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

    /// <summary>Keeps the session for the next file when nothing is left in it; otherwise it is the caller's to end.</summary>
    /// <param name="statements">What ran in it.</param>
    /// <returns>Whether it is kept, and which settings the file has left behind.</returns>
    public async Task<(bool IsKept, IReadOnlyList<string> Differences)> KeepAsync(
        MigrationSession session, IEnumerable<Sql.ScriptStatement> statements)
    {
        var isPlain = statements.All(statement => statement.Shape.Words is [var first, ..] && Plain.Contains(first));
        var (settings, now) = await LookAsync(session, files > 0 && mark is not null && isPlain);
        var differences = SessionSettings.Differences(await session.BeginningAsync(CancellationToken.None), settings);
        if (now is not null && now == mark && differences.Count == 0)
        {
            kept = session;
        }

        return (kept is not null, differences);
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
    {
        string? read = null;
        await session.RunAsync(Asking(now => read = now, cancellationToken), cancellationToken);
        return read;
    }

    /// <summary>A setting that the comparison leaves out, or one with a dot that a function has made, goes when all are reset.</summary>
    /// <returns>The settings before that, and the mark after it; null when the session cannot be kept.</returns>
    private static async Task<(IReadOnlyDictionary<string, string> Settings, string? Mark)> LookAsync(
        MigrationSession session, bool mayKeep)
    {
        IReadOnlyDictionary<string, string>? settings = null;
        string? now = null;
        var ask = new SqlStep(SessionSettings.Question)
        {
            Read = async reader => settings = await SessionSettings.ReadAsync(reader, CancellationToken.None),
        };
        try
        {
            IEnumerable<SqlStep> further = [.. MigrationSession.Reset, .. Asking(read => now = read, CancellationToken.None)];
            await session.RunAsync([ask, .. further.Where(_ => mayKeep)], CancellationToken.None);
        }
        catch (NpgsqlException) when (settings is not null)
        {
            now = null;
        }

        return (settings!, now);
    }

    private static IEnumerable<SqlStep> Asking(Action<string> read, CancellationToken cancellationToken) =>
    [
        new("DISCARD SEQUENCES"),
        new(Mark) { Read = async reader => read((await reader.RowsAsync(row => row.GetString(0), cancellationToken)).Single()) },
    ];
}
