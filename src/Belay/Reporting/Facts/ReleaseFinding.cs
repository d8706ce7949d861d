namespace Belay.Reporting.Facts;

/// <summary>One thing that preflight found.</summary>
/// <param name="Severity"><c>information</c>, <c>warning</c> or <c>refusal</c>.</param>
/// <param name="Message">What is so, on what, with which value.</param>
/// <param name="Hint">What to do; null when nothing needs doing.</param>
internal sealed record ReleaseFinding(string Severity, string Message, string? Hint);
