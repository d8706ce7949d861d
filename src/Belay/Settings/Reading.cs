namespace Belay.Settings;

/// <summary>What a text was read as.</summary>
/// <param name="Value">The value.</param>
public sealed record Reading<T>(T Value);
