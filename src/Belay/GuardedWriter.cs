using System.Text;
using System.Text.RegularExpressions;

namespace Belay;

/// <summary>
/// Stands before a console's stream, so that whatever is printed, also by the engine or by a library,
/// has its secrets masked and steers nothing. Colours pass, and so do the few commands with which an engine groups its lines on a
/// continuous integration service.
/// </summary>
internal sealed partial class GuardedWriter(TextWriter inner) : TextWriter
{
    /// <summary>Longer than any command's beginning.</summary>
    private const int KeptOfLine = 64;

    /// <summary>What stands on the line already: a command may come in pieces.</summary>
    private string line = "";

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            inner.Write(Guard(value));
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        // The engine prints a zero-width space for a line without text.
        var text = value is "\u200b" ? "" : value ?? "";
        if (line.Length == 0 && EngineCommand().IsMatch(text))
        {
            inner.WriteLine(Redaction.Apply(text));
            return;
        }

        Write(text + new string(CoreNewLine));
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    private string Guard(string text)
    {
        var shown = HarmlessText.Show(Redaction.Apply(text), rest => Colour().IsMatch(rest.Span));
        var joined = line + shown;
        var guarded = new StringBuilder(joined);
        foreach (var command in HarmlessText.Commands(joined).Where(command => command.Index + command.Length > line.Length).Reverse())
        {
            guarded.Insert(Math.Max(command.Index + command.Length - 1, line.Length), ' ');
        }

        var whole = guarded.ToString();
        var last = whole[(whole.LastIndexOf('\n') + 1)..].TrimStart();
        var written = whole[line.Length..];
        line = last.Length > KeptOfLine ? $"…{last[^KeptOfLine..]}" : last;
        return written;
    }

    // Select Graphic Rendition of ECMA-48, and nothing else of it.
    [GeneratedRegex(@"\A\e\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(
        @"\A(?:::(?:end)?group::|::(?:error|warning|notice|debug)(?: [\w=,. /\\-]*)?::|##\[(?:end)?group\]|##vso\[task\.logissue |##teamcity\[(?:blockOpened|blockClosed|message) )[^\r\n\e]*\z")]
    private static partial Regex EngineCommand();
}
