using System.Text;

namespace Belay;

/// <summary>Writes as long as somebody takes it, and drops the rest: a closed terminal or a full disk
/// behind a console's stream must not end a run.</summary>
/// <remarks>A run whose terminal is gone is being cancelled, and has to roll back, stop its servers and write its record.</remarks>
internal sealed class LastingWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(value.ToString(), inner.Write);

    /// <inheritdoc/>
    public override void Write(string? value) => Try(value, inner.Write);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(value, inner.WriteLine);

    /// <inheritdoc/>
    public override void Flush() => Try(null, _ => inner.Flush());

    private static void Try(string? text, Action<string?> write)
    {
        try
        {
            write(text);
        }
        catch (IOException)
        {
            // There is nobody left to tell.
            return;
        }
    }
}
