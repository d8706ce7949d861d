namespace Belay.Layouts.Sqitch;

/// <summary>A change of a sqitch plan.</summary>
/// <param name="Line">Its line in the plan, counted from 1.</param>
internal sealed record SqitchChange(string Name, int Line)
{
    /// <summary>The tags between it and the change that reworks it, latest first; null when none does.</summary>
    public IReadOnlyList<string>? ReworkTags { get; init; }

    /// <summary>
    /// What its scripts may be called: those of a reworked change are named after one of the tags behind it, the first whose file exists.
    /// </summary>
    public IReadOnlyList<string> Scripts => ReworkTags is null ? [Name] : [.. ReworkTags.Select(tag => Name + tag)];
}
