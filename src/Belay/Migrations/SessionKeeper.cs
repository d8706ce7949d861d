using Belay.History;
using Belay.Postgres;
using Belay.Sql;
using Belay.Verification;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Hands a session on from one file to the next when the server says that it is as at its beginning; otherwise the next file gets
/// a new one. To begin a session costs more than what most files do.</summary>
/// <param name="files">How many files there are; the session of the last one is handed on to nobody.</param>
internal sealed class SessionKeeper(RunContext context, int files) : IAsyncDisposable
{
    /// <summary>As <see cref="DatabaseConnector.OpenAsync"/> leaves a session.</summary>
    private static readonly IReadOnlyList<SqlStep> Unlimited = [new("SET lock_timeout = 0"), new("SET statement_timeout = 0")];

    private JournalSession? journal;
    private MigrationSession? kept;
    private IReadOnlyDictionary<string, string>? settings;
    private string? mark;
    private string? now;
    private bool hides;
    private bool mayKeep;
    private bool mayPrepare = true;
    private int handed;

    /// <summary>The session for the journals of files outside a transaction, which write to it one after another.</summary>
    public async Task<JournalSession> JournalAsync(CancellationToken cancellationToken)
        => journal ??= await JournalSession.OpenAsync(context.Connector, cancellationToken);

    /// <summary>The session for the next file.</summary>
    /// <param name="statements">The file's statements, which are to run in the session.</param>
    /// <param name="checks">What is to run there behind them.</param>
    public async Task<MigrationSession> TakeAsync(
        IReadOnlyList<ScriptStatement> statements, IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        files--;
        var names = statements.Select(statement => statement.Sql).Concat(checks.Select(check => check.Sql)).Any(SessionTraces.MayBeOf);
        hides = hides && !names;
        mayKeep = files > 0 && !names && statements.All(statement => statement.Shape.IsPlain);
        if (kept is { } session)
        {
            kept = null;
            return session;
        }

        var opened = await MigrationSession.OpenAsync(context, cancellationToken);
        try
        {
            mark = mayKeep ? await MarkAsync(opened, cancellationToken) : null;
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
    public IEnumerable<SqlStep> Looking()
    {
        (settings, now) = (null, null);
        var ask = new SqlStep(SessionSettings.Question)
        {
            Read = async reader => settings = await SessionSettings.ReadAsync(reader, CancellationToken.None),
        };
        return mayKeep && mark is not null
            ? [ask, .. MigrationSession.Reset, .. Asking(read => now = read, CancellationToken.None)]
            : [ask];
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
    /// <returns>Whether it is kept; otherwise it is the caller's to end.</returns>
    public async Task<bool> TryKeepAsync(MigrationSession session)
    {
        if (!mayKeep || mark is null || !session.IsOpen)
        {
            return false;
        }

        try
        {
            await session.RunAsync([.. Unlimited, .. Looking()], CancellationToken.None);
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

    /// <summary>The mark of a new session that may be handed on. What the database has is looked through for each, because the file
    /// before, whose session was not, may have stored what is looked for, also by a text that it has put together. What was found counts
    /// until a file names it.</summary>
    /// <returns>Null for a session that is handed on to nobody.</returns>
    private async Task<string?> MarkAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        try
        {
            hides = hides || await session.ScalarAsync(SessionTraces.Hidden, cancellationToken) is true;
            return hides ? null : await ReadAsync(session, cancellationToken);
        }
        catch (PostgresException) when (session.IsOpen)
        {
            // A role that may not read all that is asked for migrates nevertheless.
            hides = true;
            return null;
        }
    }

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
        new(SessionTraces.Question)
        {
            Read = async reader => read((await reader.RowsAsync(row => row.GetString(0), cancellationToken)).Single()),
        },
    ];
}
