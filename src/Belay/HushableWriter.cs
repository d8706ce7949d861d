using System.Text;

namespace Belay;

/// <summary>Closes the line in place before anything else is written, and keeps back what comes while its console is hushed.</summary>
internal sealed class HushableWriter(TextWriter inner, ConsoleHold hold) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Pass(value.ToString(), inner.Write);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Pass(new string(buffer, index, count), inner.Write);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Pass(buffer.ToString(), inner.Write);

    /// <inheritdoc/>
    public override void Write(string? value) => Pass(value ?? "", inner.Write);

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        if (hold.IsHushed)
        {
            hold.Keep($"{value}\n");
            return;
        }

        hold.Close();
        inner.WriteLine(value);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    private void Pass(string text, Action<string> write)
    {
        if (hold.IsHushed)
        {
            hold.Keep(text);
            return;
        }

        hold.Close();
        write(text);
    }
}
