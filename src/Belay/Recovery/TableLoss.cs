namespace Belay.Recovery;

/// <summary>What a rollback script would take away beside columns.</summary>
/// <param name="What">The table as the script writes it; or a statement with its line whose loss nobody can count beforehand.</param>
/// <param name="Rows">The table's rows; null when they could not be counted.</param>
/// <param name="Reason">Why they were not counted; null when they were.</param>
internal sealed record TableLoss(string What, long? Rows, string? Reason = null)
{
    /// <inheritdoc/>
    public override string ToString()
        => Rows is { } rows ? $"  {What}: {Quantity.Count(rows, "row")}" : $"  {What}: not counted ({Reason})";
}
