namespace Belay.Verification;

/// <summary>What a check demands of its query, as one value. Another kind is one more of this, and its words in
/// <see cref="CheckFileParser"/>.</summary>
internal abstract record CheckKind
{
    /// <summary>Whether it demands anything, so that its passing says something. The default is yes.</summary>
    public virtual bool CanFail => true;

    /// <summary>Whether the rows that it returned say anything to people. The default is yes.</summary>
    public virtual bool HasRows => true;

    /// <summary>What it demands, one line each, for the message of a failure.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>In what the result differs from that, one line each; empty when it does not.</summary>
    /// <param name="rows">The result's first rows.</param>
    public abstract IReadOnlyList<string> Differences(
        IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, long rowCount);
}
