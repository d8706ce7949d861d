namespace Belay.Settings;

/// <summary>What a text was read as.</summary>
public sealed record Reading<T>(T Value);
