namespace Belay.Watching;

/// <summary>How often something was tried and how often it failed.</summary>
/// <param name="one">One of it, for messages: <c>login</c>.</param>
/// <param name="of">What belongs to it, for messages; empty for nothing.</param>
internal sealed class WatchTally(string one, string many, string of = "")
{
    private readonly HashSet<string> reasons = new(StringComparer.Ordinal);

    /// <summary>How often it was tried.</summary>
    public int Tried { get; private set; }

    /// <summary>How often it failed.</summary>
    public int Failed { get; private set; }

    /// <summary>When and how it first failed; null when it never did.</summary>
    public string? First { get; private set; }

    /// <summary>In words: <c>41 logins</c>, <c>3 of 41 logins failed</c>.</summary>
    public string Summary
        => Failed == 0 ? Counted : $"{Failed} of {Counted} failed";

    private string Counted => $"{Quantity.Count(Tried, one, many)}{(of.Length == 0 ? "" : $" {of}")}";

    /// <summary>Notes one more.</summary>
    /// <param name="fault">How it failed; null when it did not.</param>
    /// <returns>Whether it failed in a way that nobody has heard of yet.</returns>
    public bool Add(DateTimeOffset time, string? fault)
    {
        Tried++;
        if (fault is null)
        {
            return false;
        }

        Failed++;
        First ??= $"{Quantity.Utc(time)}: {fault}";
        return reasons.Add(fault);
    }
}
