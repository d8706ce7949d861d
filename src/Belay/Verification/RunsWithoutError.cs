namespace Belay.Verification;

/// <summary>That its statement runs, whatever it returns.</summary>
internal sealed record RunsWithoutError : CheckKind
{
    public override bool HasRows => false;

    public override IReadOnlyList<string> Words => ["no error"];

    public override IReadOnlyList<string> Differences(
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, long rowCount) => [];
}
