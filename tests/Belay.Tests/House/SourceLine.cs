namespace Belay.Tests.House;

/// <summary>A line of the checkout's C#.</summary>
/// <param name="File">The path inside the checkout, with slashes.</param>
/// <param name="Number">Counted from 1.</param>
/// <param name="Text">Without white space before and after.</param>
internal sealed record SourceLine(string File, int Number, string Text)
{
    /// <summary>In characters, with the white space.</summary>
    public required int Length { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{File}:{Number}: {Text}";
}
