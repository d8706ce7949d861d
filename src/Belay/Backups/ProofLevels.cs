namespace Belay.Backups;

/// <summary>The levels of proof as parameters, manifests' labels and people name them.</summary>
public static class ProofLevels
{
    /// <summary>The levels that a gate can demand, the least first.</summary>
    internal static readonly ProofLevel[] Demandable = [.. Enum.GetValues<ProofLevel>().Where(level => level != ProofLevel.None).Order()];

    /// <summary>The level's word: its name in lower case.</summary>
    public static string Word(this ProofLevel level) => level.ToString().ToLowerInvariant();
}
