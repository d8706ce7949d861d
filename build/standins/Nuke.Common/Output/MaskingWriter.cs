using System.Text;

namespace Nuke.Common.Output;

/// <summary>Masks secrets in every text on its way to another writer.</summary>
/// <param name="inner">The writer that prints; stays open.</param>
/// <param name="mask">What to mask.</param>
internal sealed class MaskingWriter(TextWriter inner, SecretMask mask) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => inner.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(value is null ? null : mask.Apply(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : mask.Apply(value));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
