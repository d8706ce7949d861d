using Belay.History;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Commits a migration, and when the answer is lost asks the server what became of it.</summary>
internal sealed class MigrationCommit(MigrationJob job)
{
    private static readonly TimeSpan AskingTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskingInterval = TimeSpan.FromSeconds(1);

    private readonly RunContext context = job.Context;
    private readonly Migration migration = job.Migration;

    /// <summary>Sends COMMIT and what is to follow it, in one round trip. It is not cancelled: half an answer is worse than a late
    /// one.</summary>
    /// <param name="afterwards">Steps of which one at least reads; their failure is none of the migration's.</param>
    /// <exception cref="MigrationException">The outcome is unknown, or the transaction was rolled back.</exception>
    public async Task RunAsync(MigrationSession session, IEnumerable<SqlStep> afterwards)
    {
        var isCommitted = false;
        try
        {
            await session.RunAsync([new("COMMIT"), .. afterwards.Select(Noting)], CancellationToken.None);
        }
        catch (NpgsqlException) when (isCommitted)
        {
            return;
        }
        catch (NpgsqlException exception) when (exception is not PostgresException server || IsEndOfSession(server))
        {
            context.Output.Line($"The connection was lost during COMMIT of {migration.FileName}; asking the server what became of it");
            await AskAsync(session.ProcessId, exception);
        }

        // The server comes to a step only when the COMMIT before it has succeeded.
        SqlStep Noting(SqlStep step) => step with
        {
            Read = step.Read is not { } read
                ? null
                : reader =>
                {
                    isCommitted = true;
                    return read(reader);
                },
            Failed = () => isCommitted = true,
        };
    }

    private static bool IsEndOfSession(PostgresException exception)
        => exception.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            || exception.SqlState.StartsWith("08", StringComparison.Ordinal);

    private async Task AskAsync(int processId, NpgsqlException cause)
    {
        bool? committed = null;
        await new Polling(context.TimeProvider) { Pause = AskingInterval, Patience = AskingTime }.UntilAsync(
            async () => (committed = await TryAskAsync(processId)) is not null, CancellationToken.None);
        if (committed is true)
        {
            context.Output.Line(
                $"{migration.FileName} is committed: its row is in {(migration.IsRepeatable ? "belay.repeatable" : "belay.migration")}");
            return;
        }

        if (committed is false)
        {
            throw new MigrationException(
                $"The connection was lost during COMMIT of {migration.Path}, and the server has rolled it back: database as "
                    + $"before.{context.AppliedSoFar}",
                ExitCodes.MigrationRolledBack,
                "./build.sh Migrate",
                cause);
        }

        throw new MigrationException(
            $"The connection was lost during COMMIT of {migration.Path}, and for {Quantity.Duration(AskingTime)} no primary server could "
                + $"say whether it is applied.{context.AppliedSoFar}",
            ExitCodes.MigrationPartWay,
            "when the server is back, ./build.sh Status tells whether the migration is applied; then ./build.sh Migrate",
            cause);
    }

    /// <summary>True for committed, false for rolled back, null while nobody can say: a standby answers,
    /// or the old session still works.</summary>
    private async Task<bool?> TryAskAsync(int processId)
    {
        try
        {
            await using var connection = await context.Connector.OpenAsync("commit outcome", CancellationToken.None);
            var alive = await AskAsync(
                connection,
                $"SELECT pg_is_in_recovery() OR EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE pid = {processId} AND "
                    + "application_name = 'belay migrate')");
            var applied = await MigrationHistory.ReadAsync(connection, CancellationToken.None);
            var found = applied.Any(row => row.IsOf(migration) && row.Sha256 == migration.Sha256);
            return found ? true : alive ? null : false;
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException or MigrationException)
        {
            context.Output.Line($"Asking again: {exception.Message}");
            return null;
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question)
    {
        return await connection.ScalarAsync(question, CancellationToken.None) is true;
    }
}
