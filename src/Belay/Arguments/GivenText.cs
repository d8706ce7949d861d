namespace Belay.Arguments;

/// <summary>The text that was given for a parameter.</summary>
/// <param name="Source">Where it was given, as messages name it: <c>--lock-timeout</c>, <c>LOCK_TIMEOUT in the environment</c>.</param>
internal sealed record GivenText(string Text, string Source);
