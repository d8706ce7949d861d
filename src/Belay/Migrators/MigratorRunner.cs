using System.ComponentModel;
using Belay.Gate;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Schema;
using Npgsql;

namespace Belay.Migrators;

/// <summary>Runs another migration tool behind the same gate and runner lock as Belay's own, and tells what it changed.</summary>
/// <param name="migrations">How long to wait for another runner.</param>
/// <param name="output">Takes what the migrator says, line by line, with secrets masked.</param>
internal sealed class MigratorRunner(
    DatabaseConnector connector, MigrationSettings migrations, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Tells and records what the migrator changes in the schema.</summary>
    public required SchemaWatch Watch { get; init; }

    /// <summary>The runner lock, when the caller holds it since before the gate; null has the run wait for it.</summary>
    public RunnerLock? Lock { get; init; }

    /// <summary>Waits for the runner lock and runs the migrator.</summary>
    /// <param name="proof">The gate's permit; its backup must be of this database and newer than the last recorded run.</param>
    /// <param name="cancellationToken">Asks the migrator to end, and kills it when it does not.</param>
    /// <exception cref="GateException">The proof is for another database, or older than the last recorded run.</exception>
    /// <exception cref="MigratorException">The migrator could not be started, failed, or was stopped.</exception>
    public async Task<MigratorOutcome> RunAsync(BackupProof proof, MigratorSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(settings);
        var context = new RunContext(connector, migrations, output, timeProvider) { BackupId = proof.Backup.Id };
        await using var own = Lock is null ? await RunnerLock.AcquireAsync(context, cancellationToken) : null;
        await DemandBackupAsync(proof, cancellationToken);
        var started = timeProvider.GetTimestamp();
        try
        {
            var wroteNothing = await Watch.AroundAsync(
                $"{settings.Words[0]} behind backup {proof.Backup.Id}", () => StartAsync(settings, cancellationToken), cancellationToken);
            return new MigratorOutcome(Redaction.Apply(settings.Command), timeProvider.GetElapsedTime(started))
            {
                Effect = Effect(wroteNothing),
            };
        }
        catch (MigratorException failed)
        {
            await EndSessionsAsync();
            throw new MigratorException(
                $"{failed.Message}\n{Standing()}",
                failed.ExitCode,
                "read what it said, bring the database into a state that it goes on from, then the same command; or restore backup "
                    + $"{proof.Backup.Id}",
                failed)
            { End = failed.End };
        }
        catch (Win32Exception exception)
        {
            throw new MigratorException(
                $"Cannot start {settings.Words[0]}: {exception.Message}. Nothing ran: database as before.",
                ExitCodes.MigrationRolledBack,
                "name a program on the PATH; a shell's syntax needs one: --migrator \"sh -c '…'\"",
                exception);
        }
    }

    private MigratorEffect Effect(bool wroteNothing) => Watch.Difference switch
    {
        null => MigratorEffect.Unknown,
        { IsEmpty: false } => MigratorEffect.SchemaChanged,
        _ => wroteNothing ? MigratorEffect.Nothing : MigratorEffect.SchemaAsBefore,
    };

    /// <summary>Runs it; true when nobody wrote into the server's databases meanwhile.</summary>
    private async Task<bool> StartAsync(MigratorSettings settings, CancellationToken cancellationToken)
    {
        var before = await NextTransactionAsync(cancellationToken);
        await using var libpq = await LibpqEnvironment.CreateAsync(
            connector.Target, MigratorEnvironment.ApplicationName, cancellationToken);
        var end = await new MigratorProcess(settings, output, timeProvider)
            .RunAsync(MigratorEnvironment.Of(libpq, connector.Target), cancellationToken);
        return end is { ExitCode: 0, Stopped: null }
            ? before is not null && before == await NextTransactionAsync(cancellationToken)
            : throw new MigratorException(
                $"{settings.Command} {(end.Stopped is { } reason ? $"was stopped: {reason}" : $"ended with exit code {end.ExitCode}")}",
                ExitCodes.MigrationPartWay)
            { End = end };
    }

    /// <summary>The number that the server gives to the next transaction that writes; null when it does not answer,
    /// which fails nothing.</summary>
    private async Task<string?> NextTransactionAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("migrate", cancellationToken);
            return (string?)await connection.ScalarAsync(
                "SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot())::text", cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException)
        {
            return null;
        }
    }

    /// <summary>The migrator's own transactions are its own affair, so only the schema can be compared.</summary>
    private string Standing() => Watch.Difference switch
    {
        null => "Whether the schema changed is not known.",
        { IsEmpty: true } => "The schema is as before; whether rows changed, only the migrator knows.",
        var changed => string.Join('\n', [$"The schema changed ({changed.Summary}):", .. changed.Shown.Select(line => $"  {line}")]),
    };

    /// <summary>A killed client's statement goes on until the server notices; the sessions that libpq named are ended.</summary>
    private async Task EndSessionsAsync()
    {
        try
        {
            await using var connection = await connector.OpenAsync("migrate", CancellationToken.None);
            await connection.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND "
                    + $"application_name = '{MigratorEnvironment.ApplicationName}'",
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException)
        {
            output.Warn($"Sessions of the migrator may still run: {exception.Message}");
        }
    }

    private async Task DemandBackupAsync(BackupProof proof, CancellationToken cancellationToken)
    {
        await using var connection = await connector.OpenAsync("migrate", cancellationToken);
        proof.DemandFits(await GateTargetReader.ReadAsync(connection, cancellationToken));
        try
        {
            await FingerprintStore.TryAsync(connection, cancellationToken);
        }
        catch (PostgresException fault)
        {
            throw new MigratorException(
                $"What the migrator changes could not be recorded in {connector.Target.DisplayName}, so that a later gate would take an "
                    + $"older backup for a fresh one: {fault.MessageText}. Nothing ran: database as before.",
                ExitCodes.PreflightRefused,
                "let the role create the schema belay and write to it: GRANT CREATE ON DATABASE …",
                fault);
        }
    }
}
