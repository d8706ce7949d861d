namespace Belay.Recovery;

/// <summary>What dropping a column would lose.</summary>
/// <param name="Rows">The table's rows; null when it could not be counted.</param>
/// <param name="OwnValues">The rows whose value is not the column's default; null when it could not be counted.</param>
internal sealed record ColumnLoss(DroppedColumn Column, long? Rows, long? OwnValues)
{
    /// <inheritdoc/>
    public override string ToString() => OwnValues is null
        ? $"  {Column.Table}.{Column.Column}: not counted"
        : $"  {Column.Table}.{Column.Column}: {OwnValues} of {Quantity.Count(Rows ?? 0, "row")} with another value than the default";
}
