namespace Belay.Layouts.Foreign;

/// <summary>A checksum that a tool recorded of a script.</summary>
/// <param name="Recorded">What stands in its table.</param>
/// <param name="Of">What the tool would make of a file's bytes.</param>
internal sealed record ForeignChecksum(string Recorded, Func<byte[], string> Of);
