namespace Belay.Verification;

/// <summary>Exactly these rows, in this order.</summary>
/// <param name="Rows">Each a list of cells; empty for <c>no rows</c>.</param>
internal sealed record ExpectedRows(IReadOnlyList<IReadOnlyList<string>> Rows) : CheckKind
{
    public override IReadOnlyList<string> Words => Rows.Count == 0 ? ["no rows"] : [.. Rows.Select(CellText.Row)];

    public override IReadOnlyList<string> Differences(
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, long rowCount)
        => CheckComparison.Differences(Rows, columns, rows, rowCount);
}
