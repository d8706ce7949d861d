using Belay.Gate;
using Belay.Migrations;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Schema;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Takes the newest migrations back with their rollback scripts, each in one transaction with its row of the history.</summary>
/// <param name="output">Takes the server's messages as they come.</param>
internal sealed class RollbackRunner(
    DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Tells and records what the rollback changes in the schema; null to leave that out.</summary>
    public SchemaWatch? Watch { get; init; }

    /// <summary>The runner lock, when the caller holds it since before the gate; null has the run wait for it.</summary>
    public RunnerLock? Lock { get; init; }

    /// <summary>What it means that the schema afterwards is not the one that the history has from before. The default is a
    /// warning.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Keeps what the scripts do, for the record; null where nobody wants it.</summary>
    public ScriptTrace? Trace { get; init; }

    /// <summary>Runs the scripts, newest first.</summary>
    /// <param name="proof">The gate's permit; its backup must be of this database.</param>
    /// <exception cref="GateException">The proof is for another database.</exception>
    /// <exception cref="RecoveryException">A script failed; its transaction was rolled back, unless the message says otherwise. What was
    /// taken back before it stays so.</exception>
    public async Task RunAsync(BackupProof proof, RollbackPreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(preview);
        var context = new RunContext(connector, settings, output, timeProvider) { BackupId = proof.Backup.Id, Trace = Trace };
        await using var own = Lock is null ? await RunnerLock.AcquireAsync(context, cancellationToken) : null;
        var attempt = new RollbackAttempt(context, own ?? Lock!, proof, new RollbackProgress(preview)) { Drift = Drift };
        await (Watch is null
            ? attempt.RunAsync(cancellationToken)
            : Watch.AroundAsync($"rollback of {preview.Name}", () => attempt.RunAsync(cancellationToken), cancellationToken));
    }

    /// <summary>Runs the scripts in one transaction and rolls it back: shows whether they would pass. It takes their locks until
    /// then.</summary>
    /// <exception cref="RecoveryException">A script would fail.</exception>
    public async Task TryAsync(RollbackPreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var context = new RunContext(connector, settings, output, timeProvider) { BackupId = null, IsDryRun = true };
        if (preview.Steps is [{ Source.NoTransaction: true }, ..])
        {
            RollbackTrial.Plan(preview.Steps, output);
            return;
        }

        await using var runnerLock = await RunnerLock.AcquireAsync(context, cancellationToken);
        await new RollbackTrial(context, preview) { Drift = Drift }.RunAsync(cancellationToken);
    }
}
