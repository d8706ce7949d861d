namespace Belay.Preflight;

/// <summary>One thing that preflight found.</summary>
/// <param name="Severity">Whether it stops the release.</param>
/// <param name="Message">What is so, on what, with which value.</param>
/// <param name="Hint">What to do; null when nothing needs doing.</param>
public sealed record Finding(FindingSeverity Severity, string Message, string? Hint = null);
