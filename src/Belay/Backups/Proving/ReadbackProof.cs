using Belay.Backups.Catalogue;

namespace Belay.Backups.Proving;

/// <summary>Has the whole dump decoded, without a server.</summary>
internal sealed class ReadbackProof(TimeProvider timeProvider)
{
    public async Task<ProofEvidence> ProveAsync(IDumpReader reader, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var facts = await reader.ReadAsync(cancellationToken);
        return new ProofEvidence(ProofLevel.Readback, timeProvider.GetUtcNow(), facts, timeProvider.GetElapsedTime(started).TotalSeconds);
    }
}
