namespace Belay.Recovery;

/// <summary>How far a rollback has come, for messages that say where the database stands.</summary>
internal sealed class RollbackProgress(RollbackPreview preview)
{
    private int done;

    /// <summary>What is being done.</summary>
    public RollbackPreview Preview => preview;

    /// <summary>Whether something was taken back already.</summary>
    public bool HasBegun => done > 0;

    /// <summary>What stands after a script was rolled back.</summary>
    public string RolledBack => done == 0
        ? "Rolled back: database as before the rollback."
        : $"Rolled back: what this script did. {Standing}";

    /// <summary>What was taken back before, and what is the newest migration now.</summary>
    public string Standing => $"{TakenBack} The newest applied migration is {preview.Steps[done].Name}.";

    /// <summary>What was taken back before.</summary>
    public string TakenBack
        => $"Taken back before it, and not applied any more: {string.Join(", ", preview.Steps.Take(done).Select(step => step.Name))}.";

    /// <summary>Counts a step as done.</summary>
    public void Advance() => done++;
}
