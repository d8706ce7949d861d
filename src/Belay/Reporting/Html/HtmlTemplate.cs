using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Belay.Reporting.Html;

/// <summary>Puts texts into markup so that none of them can be markup: secrets are masked, what steers is written out, and the rest is
/// encoded.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlTemplate
{
    private readonly StringBuilder markup;

    /// <summary>Begins a template; the compiler calls it.</summary>
    public HtmlTemplate(int literalLength, int formattedCount) => markup = new StringBuilder(literalLength + (formattedCount * 20));

    /// <summary>Markup of the program's own.</summary>
    public void AppendLiteral(string text) => markup.Append(text);

    /// <summary>A foreign text.</summary>
    public void AppendFormatted(string? text) => markup.Append(WebUtility.HtmlEncode(HarmlessText.Of(text ?? "")));

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => markup.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with two places, for drawings.</summary>
    public void AppendFormatted(double number) => markup.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>Finished markup.</summary>
    public void AppendFormatted(Markup html) => markup.Append(html.Text);

    /// <summary>Finished markup, one behind the other.</summary>
    public void AppendFormatted(IEnumerable<Markup> parts) => markup.Append(Markup.Join(parts).Text);

    /// <inheritdoc/>
    public override string ToString() => markup.ToString();
}
