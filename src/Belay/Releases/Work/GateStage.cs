using Belay.Gate;
using Belay.Migrations;
using Npgsql;

namespace Belay.Releases.Work;

/// <summary>Asks the gate, behind the runner lock.</summary>
internal static class GateStage
{
    /// <summary>Waits for other runners: what is read afterwards is what this run will change, and no
    /// backup grows old while it waits.</summary>
    public static Task<RunnerLock> LockAsync(ReleaseRun run, CancellationToken cancellationToken)
        => RunnerLock.AcquireAsync(run.Connector, run.Settings.Migrations, run.Output, (run.TimeProvider, cancellationToken));

    /// <summary>The permit. When this run took a backup and another runner changed the database since, it takes another one.</summary>
    /// <exception cref="GateException">No backup opens the gate.</exception>
    public static async Task<BackupProof> DemandAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        BackupProof proof;
        var target = await ReadAsync(run, cancellationToken);
        try
        {
            proof = await run.Gate.DemandAsync(target, cancellationToken);
        }
        catch (GateException refusal) when (run.Record.BackupId is not null)
        {
            run.Output.Line(
                $"The backup that this run took, {run.Record.BackupId}, does not open the gate any more, so another one is taken. "
                    + $"{refusal.Message}");
            await BackupStages.BackupAsync(run, cancellationToken);
            proof = await run.Gate.DemandAsync(await ReadAsync(run, cancellationToken), cancellationToken);
        }

        run.Record.Opened(proof, run.Store.DisplayName);
        return proof;
    }

    private static async Task<GateTarget> ReadAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        await using var connection = await run.Connector.OpenAsItIsAsync("gate", cancellationToken);
        try
        {
            return await GateTargetReader.ReadAsync(connection, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new GateException(
                $"What the gate must know of {run.Database.DisplayName} cannot be read: {fault.Message}", "./build.sh Preflight");
        }
    }
}
