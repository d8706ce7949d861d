using Belay.History;
using Belay.Postgres;
using Belay.Sql;
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
            (SELECT pg_catalog.string_agg(d::text, ',' ORDER BY d.setdatabase, d.setrole) FROM pg_catalog.pg_db_role_setting d
                WHERE d.setdatabase IN (0, (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
                    AND (d.setrole = 0 OR pg_catalog.pg_get_userbyid(d.setrole) = session_user)),
            (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*), pg_catalog.max(p.prepare_time)) FROM pg_catalog.pg_prepared_statement() p), (SELECT count(*) FROM pg_catalog.pg_cursor()),
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

    /// <summary>As <see cref="DatabaseConnector.OpenAsync"/> leaves a session.</summary>
    private static readonly IReadOnlyList<SqlStep> Unlimited = [new("SET lock_timeout = 0"), new("SET statement_timeout = 0")];

    private JournalSession? journal;
    private MigrationSession? kept;
    private IReadOnlyDictionary<string, string>? settings;
    private string? mark;
    private string? now;
    private bool mayPrepare = true;
    private int handed;

    /// <summary>The session for the journals of files outside a transaction, which write to it one after another.</summary>
    public async Task<JournalSession> JournalAsync(CancellationToken cancellationToken)
        => journal ??= await JournalSession.OpenAsync(context.Connector, cancellationToken);

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

    /// <summary>The steps, for behind a file's COMMIT, that ask for what it has left in its session and take it away. A setting that the
    /// comparison leaves out, or one with a dot that a function has made, goes when all are reset.</summary>
    /// <param name="statements">What ran in the session.</param>
    public IEnumerable<SqlStep> Looking(IEnumerable<ScriptStatement> statements)
    {
        (settings, now) = (null, null);
        var ask = new SqlStep(SessionSettings.Question)
        {
            Read = async reader => settings = await SessionSettings.ReadAsync(reader, CancellationToken.None),
        };
        return MayKeep(statements) ? [ask, .. MigrationSession.Reset, .. Asking(read => now = read, CancellationToken.None)] : [ask];
    }

    /// <summary>Keeps the session for the next file when nothing is left in it, by what those steps have told; otherwise it is the
    /// caller's to end.</summary>
    /// <returns>Whether it is kept, and which settings the file has left behind.</returns>
    public async Task<(bool IsKept, IReadOnlyList<string> Differences)> KeepAsync(MigrationSession session)
    {
        settings ??= await SessionSettings.ReadAsync(session.Connection, CancellationToken.None);
        var differences = SessionSettings.Differences(await session.BeginningAsync(CancellationToken.None), settings);
        if (now is null || now != mark || differences.Count > 0)
        {
            return (false, differences);
        }

        if (mayPrepare && ++handed > 1)
        {
            await PrepareAsync(session);
        }

        kept = mark is null ? null : session;
        return (kept is not null, differences);
    }

    /// <summary>Keeps the session of a file that ran outside a transaction and is over, for the next file, when nothing is left in it.
    /// What it set itself is its own affair until then.</summary>
    /// <param name="statements">What ran in the session.</param>
    /// <returns>Whether it is kept; otherwise it is the caller's to end.</returns>
    public async Task<bool> TryKeepAsync(MigrationSession session, IEnumerable<ScriptStatement> statements)
    {
        if (!session.IsOpen || !MayKeep(statements))
        {
            return false;
        }

        try
        {
            await session.RunAsync([.. Unlimited, .. Looking(statements)], CancellationToken.None);
            return (await KeepAsync(session)).IsKept;
        }
        catch (NpgsqlException)
        {
            // The file is applied; its session is not worth more.
            return false;
        }
    }

    /// <summary>Ends the session that waits for its next file, and that of the journals, if there are any.</summary>
    public async ValueTask DisposeAsync()
    {
        await (kept?.DisposeAsync() ?? ValueTask.CompletedTask);
        kept = null;
        await (journal?.DisposeAsync() ?? ValueTask.CompletedTask);
        journal = null;
    }

    private bool MayKeep(IEnumerable<ScriptStatement> statements)
        => files > 0 && mark is not null && statements.All(statement => statement.Shape.IsPlain);

    private static async Task<string?> ReadAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        string? answer = null;
        await session.RunAsync(Asking(read => answer = read, cancellationToken), cancellationToken);
        return answer;
    }

    /// <summary>What a server does not prepare once it will not prepare for later files either.</summary>
    private async Task PrepareAsync(MigrationSession session)
    {
        try
        {
            if (await session.PrepareAsync(CancellationToken.None))
            {
                mark = await ReadAsync(session, CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            (mayPrepare, mark) = (false, null);
        }
    }

    private static IEnumerable<SqlStep> Asking(Action<string> read, CancellationToken cancellationToken) =>
    [
        new("DISCARD SEQUENCES"),
        new(Mark) { Read = async reader => read((await reader.RowsAsync(row => row.GetString(0), cancellationToken)).Single()) },
    ];
}
