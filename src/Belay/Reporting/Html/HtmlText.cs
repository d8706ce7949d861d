namespace Belay.Reporting.Html;

/// <summary>Makes markup out of ours and foreign texts.</summary>
internal static class HtmlText
{
    /// <summary>Markup with texts in its places, each of which is encoded; only other markup goes in as it is.</summary>
    public static Markup Of(HtmlTemplate template) => new(template.ToString());
}
