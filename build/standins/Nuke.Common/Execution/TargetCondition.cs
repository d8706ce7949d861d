namespace Nuke.Common.Execution;

/// <summary>A condition of a target and its source text.</summary>
/// <param name="Expression">The lambda as it stands in the source; null if the compiler gave none.</param>
internal sealed record TargetCondition(Func<bool> Holds, string? Expression)
{
    /// <summary>The condition without the lambda's head, for the summary.</summary>
    public string Text
    {
        get
        {
            var text = Expression ?? "condition";
            var arrow = text.IndexOf("=>", StringComparison.Ordinal);
            return (arrow < 0 ? text : text[(arrow + 2)..]).Trim();
        }
    }
}
