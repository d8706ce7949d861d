using System.Security.Cryptography;
using Belay.History;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>The advisory lock, held on a connection of its own with no open transaction, so that nothing waits for its snapshot.</summary>
internal sealed class RunnerLock : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);

    /// <summary>An answer that is older when it is to count is asked for again.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromMilliseconds(50);

    private const string Trial = "pg_catalog.pg_try_advisory_xact_lock_shared";

    private readonly NpgsqlConnection connection;
    private readonly IReleaseOutput output;
    private readonly TimeProvider timeProvider;
    private readonly PreparedQueries prepared;
    private readonly long mark;
    private bool mayAsk;
    private bool? isHeld;
    private long asked;

    private RunnerLock(NpgsqlConnection connection, long mark, RunContext context)
    {
        (this.connection, this.mark) = (connection, mark);
        (output, timeProvider) = (context.Output, context.TimeProvider);
        prepared = new PreparedQueries(connection);
    }

    /// <summary>Waits for the lock, so that what is read afterwards, and the backup that is asked for then,
    /// are not older than what another runner does.</summary>
    /// <param name="settings">How long to wait for another runner.</param>
    /// <param name="output">Where it is told who holds the lock.</param>
    /// <param name="surroundings">The clock, and what stops the waiting.</param>
    /// <exception cref="MigrationException">A pooler would lose the lock, or another runner held it for longer than the wait.</exception>
    public static Task<RunnerLock> AcquireAsync(
        DatabaseConnector connector,
        MigrationSettings settings,
        IReleaseOutput output,
        (TimeProvider TimeProvider, CancellationToken CancellationToken) surroundings)
        => AcquireAsync(
            new RunContext(connector, settings, output, surroundings.TimeProvider) { BackupId = null },
            surroundings.CancellationToken);

    /// <summary>Polls for the lock; a session that waits inside pg_advisory_lock would deadlock with CREATE INDEX CONCURRENTLY.</summary>
    /// <exception cref="MigrationException">A pooler would lose the lock, or another runner held it for longer than the wait.</exception>
    internal static async Task<RunnerLock> AcquireAsync(RunContext context, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(context, cancellationToken);
        var mark = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        try
        {
            await DatabaseConnector.PrepareAsync(connection, cancellationToken);
            await WaitAsync(connection, mark, context, cancellationToken);
            return new RunnerLock(connection, mark, context)
            {
                mayAsk = await connection.ScalarAsync(
                    $"SELECT has_function_privilege('{Trial}(bigint)', 'EXECUTE')", cancellationToken) is true,
            };
        }
        catch (NpgsqlException exception)
        {
            await connection.DisposeAsync();
            throw Lost(context, exception);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The steps that ask, in another session of the database, whether the lock's session still lives: nobody else knows the key
    /// of the second lock that it holds as long as the first. None where the role may not ask so. What the answer is worth
    /// <see cref="ConfirmAsync"/> tells.</summary>
    internal IReadOnlyList<SqlStep> Asking()
    {
        (asked, isHeld) = (timeProvider.GetTimestamp(), null);
        var question = new SqlStep(new SqlQuery($"SELECT {Trial}($1)", mark))
        {
            Read = async reader => isHeld = !(await reader.RowsAsync(row => row.GetBoolean(0), CancellationToken.None)).Single(),
        };
        return mayAsk ? [question] : [];
    }

    /// <summary>Makes sure that the lock's session still lives, as <see cref="DemandAsync"/> does, or did so a moment ago by the answer to
    /// <see cref="Asking"/>.</summary>
    /// <param name="standing">Where the database stands if it does not.</param>
    /// <param name="exitCode">The exit code for that.</param>
    /// <exception cref="MigrationException">It was ended; another runner may be at work.</exception>
    internal async Task ConfirmAsync(Func<string> standing, int exitCode, CancellationToken cancellationToken)
    {
        if (isHeld is not true || timeProvider.GetElapsedTime(asked) > LongestAge)
        {
            await DemandAsync(standing, exitCode, cancellationToken);
        }

        if (isHeld is false)
        {
            throw new MigrationException(
                $"The session that took the runner lock does not hold it any more.\n{standing()}",
                exitCode,
                "connect to the server directly, not through a pooler, then ./build.sh Migrate");
        }
    }

    /// <summary>Makes sure that the lock's session still lives.</summary>
    /// <param name="standing">Where the database stands if it does not.</param>
    /// <param name="exitCode">The exit code for that.</param>
    /// <exception cref="MigrationException">It was ended; another runner may be at work.</exception>
    internal async Task DemandAsync(Func<string> standing, int exitCode, CancellationToken cancellationToken)
    {
        try
        {
            await prepared.TryPrepareAsync(cancellationToken);
            await connection.RunAsync(prepared.Use([SqlStep.Deaf("SELECT 1")]), cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            throw new MigrationException(
                $"The session that holds the runner lock was ended: {exception.Message}\n{standing()}",
                exitCode,
                "find out who ended it, then ./build.sh Migrate",
                exception);
        }
    }

    /// <summary>Lets another runner have the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (await connection.ScalarAsync(
                $"SELECT pg_advisory_unlock({MigrationLock.Key}) AND pg_advisory_unlock({mark})", CancellationToken.None) is not true)
            {
                output.Warn("The runner lock was not held at the end: sessions are shared by a pooler. Connect to the server directly.");
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            output.Warn($"The session that held the runner lock was ended before the release: {exception.Message}");
        }
        finally
        {
            await using (connection)
            {
                await prepared.TryRemoveAsync();
            }
        }
    }

    /// <summary>Also without preflight: a pooler would keep the lock on a session that nobody can reach any more.</summary>
    private static async Task<NpgsqlConnection> OpenAsync(RunContext context, CancellationToken cancellationToken)
    {
        try
        {
            var (connection, fault) = await FixedBackend.OpenAsync(
                context.Connector, ("runner lock", FixedBackend.Patience), context.TimeProvider, cancellationToken);
            return connection
                ?? throw new MigrationException($"{fault}.\nNothing was changed.", ExitCodes.PreflightRefused, FixedBackend.Hint);
        }
        catch (NpgsqlException exception)
        {
            throw Lost(context, exception);
        }
    }

    private static MigrationException Lost(RunContext context, NpgsqlException exception) => new(
        $"The connection failed while waiting for the runner lock: {exception.Message}\nNothing was changed.",
        context.UntouchedExitCode,
        "./build.sh Preflight",
        exception);

    private static async Task WaitAsync(NpgsqlConnection connection, long mark, RunContext context, CancellationToken cancellationToken)
    {
        string? announced = null;
        var holder = UnknownHolder;
        var patience = context.Settings.RunnerWait;
        if (await new Polling(context.TimeProvider) { Pause = PollInterval, Patience = patience }.UntilAsync(TakeAsync, cancellationToken))
        {
            return;
        }

        throw new MigrationException(
            $"Another runner held the lock on {context.Connector.Target.DisplayName} for {Quantity.Duration(patience)}: {holder}. Nothing "
                + "was changed.",
            context.UntouchedExitCode,
            "wait for the other run, then ./build.sh Status and ./build.sh Migrate");

        async Task<bool> TakeAsync()
        {
            if (await TryAsync(connection, mark, cancellationToken))
            {
                return true;
            }

            holder = await HolderAsync(connection, cancellationToken);
            if (patience > TimeSpan.Zero && (announced is null || (holder != announced && holder != UnknownHolder)))
            {
                context.Output.Line($"Waiting for another runner: {holder}");
                announced = holder;
            }

            return false;
        }
    }

    private const string UnknownHolder = "its session has just ended";

    private static async Task<bool> TryAsync(NpgsqlConnection connection, long mark, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(
            $"SELECT CASE WHEN pg_try_advisory_lock({MigrationLock.Key}) THEN pg_try_advisory_lock({mark}) END", cancellationToken) is true;
    }

    private static async Task<string> HolderAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(
            $"""
            SELECT format('pid %s (%s) ', a.pid, a.application_name) || CASE WHEN a.backend_start IS NULL THEN format('of the role %s', a.usename)
                ELSE format('from %s since %s UTC', coalesce(host(a.client_addr), 'this machine'),
                    to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')) END
            FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.classid = {MigrationLock.Key >> 32} AND l.objid = {MigrationLock.Key & 0xFFFFFFFF}
                AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            """,
            cancellationToken) as string ?? UnknownHolder;
    }
}
