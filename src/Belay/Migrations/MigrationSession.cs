using System.Data;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>The session of one migration: streams the server's messages and remembers which statement runs.</summary>
internal sealed class MigrationSession : IAsyncDisposable
{
    /// <summary>The number of the server's process is asked of itself: a pooler tells its clients one of its own making.</summary>
    private const string StandardStrings
        = "SELECT pg_catalog.pg_backend_pid() FROM pg_catalog.set_config('standard_conforming_strings', 'on', false)";

    /// <summary>What <see cref="OpenAsync"/> sets, in one statement.</summary>
    private const string Again = $"""
        {DatabaseConnector.Preparation}
        UNION ALL SELECT pg_catalog.set_config('standard_conforming_strings', 'on', false)
        """;

    private readonly RunContext context;
    private readonly PreparedQueries prepared;
    private IReadOnlyDictionary<string, string>? beginning;
    private bool rollsBack;

    private MigrationSession(NpgsqlConnection connection, RunContext context)
    {
        this.context = context;
        Connection = connection;
        prepared = new PreparedQueries(connection);
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>Whether anything can still be asked in it; a lost connection stays lost.</summary>
    public bool IsOpen => Connection.State == ConnectionState.Open;

    /// <summary>The statement that is running or ran last; null between statements of the script.</summary>
    public ScriptStatement? Current { get; private set; }

    /// <summary>What Belay itself does in the session, for the message if that fails; null while the script runs.</summary>
    public string? Own { get; private set; }

    /// <summary>The server's process; known also after the connection was lost.</summary>
    public int ProcessId { get; private set; }

    public static async Task<MigrationSession> OpenAsync(RunContext context, CancellationToken cancellationToken)
    {
        var connection = await context.Connector.OpenAsync("migrate", cancellationToken);
        var session = new MigrationSession(connection, context);
        connection.Notice += (_, arguments) => session.Tell(arguments.Notice, context.Output);
        try
        {
            session.ProcessId = (int)(await session.ScalarAsync(StandardStrings, cancellationToken))!;
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The statements that give every setting the value that it had at the session's beginning.</summary>
    public static IEnumerable<SqlStep> Reset =>
    [
        new("RESET ALL"), SqlStep.Deaf(Again),
    ];

    /// <summary>The settings of the session before its first script, which must not have run when this is asked for the first
    /// time.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BeginningAsync(CancellationToken cancellationToken)
        => beginning ??= await SessionSettings.ReadAsync(Connection, cancellationToken);

    /// <summary>Runs one statement of the script, in a round trip of its own.</summary>
    public async Task RunAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        Current = statement;
        if (!statement.Shape.IsPlain)
        {
            prepared.Forgo();
        }

        context.Progress?.Enter(statement);
        await (context.Trace is null
            ? SendObservedAsync(statement, cancellationToken)
            : SendTracedAsync(statement, context.Trace, cancellationToken));
        Current = null;
    }

    private async Task<long> SendTracedAsync(ScriptStatement statement, ScriptTrace trace, CancellationToken cancellationToken)
    {
        var (completed, rows) = (false, -1L);
        trace.Enter(statement);
        try
        {
            rows = await SendObservedAsync(statement, cancellationToken);
            completed = true;
            return rows;
        }
        finally
        {
            trace.Leave(completed, rows);
        }
    }

    private async Task<long> SendObservedAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        var rows = -1L;
        await (context.Observer is null
            ? SendAsync()
            : context.Observer.AroundAsync(Connection, statement, SendAsync, cancellationToken));
        return rows;

        async Task SendAsync() => rows = await this.SendAsync(statement, cancellationToken);
    }

    /// <returns>The rows that the server counted; below 0 where it counts none.</returns>
    private async Task<long> SendAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (statement.CopyData is { } data)
        {
            await using var importer = await Connection.BeginTextImportAsync(statement.Sql, cancellationToken);
            await importer.WriteAsync(data.AsMemory(), cancellationToken);
            return -1;
        }

        await using var command = Connection.WholeStatement(statement.Sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs steps in one round trip, prepared ones as far as they are known to be there.</summary>
    public Task RunAsync(IEnumerable<SqlStep> steps, CancellationToken cancellationToken)
        => Connection.RunAsync(prepared.Use(steps), cancellationToken);

    /// <summary>Has the server prepare the steps that come again with every file; outside a transaction.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="NpgsqlException">The server refuses; nothing is used of what it may hold.</exception>
    public async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        if (!prepared.IsWorthPreparing)
        {
            return false;
        }

        try
        {
            await prepared.PrepareAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            prepared.Forgo();
            throw;
        }
    }

    /// <summary>Whether Belay's own steps can have failed for want of what was prepared, which a function that the script has called may
    /// have taken away or made useless. From then on nothing prepared is used. What a trigger of the script raises at COMMIT is not meant:
    /// it would fail again, and what no ROLLBACK takes back would happen twice.</summary>
    public bool HasLostPrepared(PostgresException exception)
    {
        if (Current is not null || !prepared.HasAny || !prepared.IsInUse
            || (exception.SqlState, exception.Where, exception.Routine) is not (
                (PostgresErrorCodes.InvalidSqlStatementName, null, _)
                or (PostgresErrorCodes.FeatureNotSupported, null, "RevalidateCachedQuery")))
        {
            return false;
        }

        prepared.Forgo();
        return true;
    }

    /// <summary>Keeps in mind what of Belay's own it is that failed.</summary>
    /// <param name="what">What it is, for the message: <c>looking at the history</c>.</param>
    public void FailAt(string what) => Own = what;

    /// <summary>Does something of Belay's own between or after the script's statements.</summary>
    /// <param name="what">What it is, for the message if it fails: <c>writing the history</c>.</param>
    public async Task<T> OwnAsync<T>(string what, Func<Task<T>> work)
    {
        Own = what;
        var result = await work();
        Own = null;
        return result;
    }

    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Connection.ExecuteAsync(sql, cancellationToken);

    public Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken) => Connection.ScalarAsync(sql, cancellationToken);

    /// <summary>Runs something under another limit for locks than the session's own.</summary>
    public async Task WithLockTimeoutAsync(TimeSpan limit, Func<Task> run, CancellationToken cancellationToken)
    {
        var usual = (string)(await ScalarAsync("SELECT current_setting('lock_timeout')", cancellationToken))!;
        await ExecuteAsync($"SET lock_timeout = {(long)limit.TotalMilliseconds}", cancellationToken);
        try
        {
            await run();
        }
        finally
        {
            if (IsOpen)
            {
                await ExecuteAsync($"SET lock_timeout = '{usual}'", CancellationToken.None);
            }
        }
    }

    /// <summary>Rolls back whatever is open. A lost connection has nothing to roll back: the server did it.</summary>
    public async Task RollBackAsync(IReleaseOutput output)
    {
        (Current, Own) = (null, null);
        context.Progress?.Leave();
        if (!IsOpen)
        {
            return;
        }

        try
        {
            rollsBack = true;
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            output.Line($"The connection was lost during ROLLBACK ({exception.Message}); the server rolls back by itself.");
        }
        finally
        {
            rollsBack = false;
        }
    }

    /// <summary>Prints what the server says, but not that our own ROLLBACK had nothing to roll back:
    /// after a statement on its own there is no transaction.</summary>
    private void Tell(PostgresNotice notice, IReleaseOutput output)
    {
        if (!rollsBack || notice.SqlState != PostgresErrorCodes.NoActiveSqlTransaction)
        {
            output.Line($"{notice.Severity}:  {notice.MessageText}");
            context.Trace?.Notice($"{notice.Severity}: {notice.MessageText}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (Connection)
        {
            await (IsOpen ? prepared.TryRemoveAsync() : Task.CompletedTask);
        }
    }
}
