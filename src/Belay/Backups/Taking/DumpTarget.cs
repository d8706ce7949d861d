namespace Belay.Backups.Taking;

/// <summary>What is dumped, and where its progress goes.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Plan">What is fixed since the backup began.</param>
/// <param name="Progress">Takes the dumped bytes.</param>
internal sealed record DumpTarget(BackupRequest Request, BackupPlan Plan, TransferProgress Progress);
