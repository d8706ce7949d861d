namespace Belay.Verification;

/// <summary>Nothing: its rows are shown.</summary>
internal sealed record ReportedRows : CheckKind
{
    public override bool CanFail => false;

    public override IReadOnlyList<string> Words => ["a report"];

    public override IReadOnlyList<string> Differences(
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, long rowCount) => [];
}
