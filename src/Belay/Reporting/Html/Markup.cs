namespace Belay.Reporting.Html;

/// <summary>Markup that is finished: every foreign text in it is encoded.</summary>
/// <param name="Text">The markup as it stands in the page.</param>
internal readonly record struct Markup(string Text)
{
    /// <summary>Nothing.</summary>
    public static Markup Nothing { get; } = new("");

    /// <summary>One behind the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Text)));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
