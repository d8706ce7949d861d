namespace Belay.Backups;

/// <summary>The levels of proof as parameters, manifests' labels and people name them.</summary>
internal static class ProofLevels
{
    /// <summary>The level in one word, as parameters and labels have it: <c>restored-uncounted</c> for a
    /// restore without a comparison of rows.</summary>
    public static string Word(this ProofLevel level) => WordList.Of(level);

    /// <summary>The level as people are told it: <c>restored, rows not counted</c>, or its word.</summary>
    public static string Name(this ProofLevel level) => level == ProofLevel.RestoredUncounted ? "restored, rows not counted" : level.Word();
}
