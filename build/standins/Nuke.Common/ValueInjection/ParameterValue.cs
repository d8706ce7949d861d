namespace Nuke.Common.ValueInjection;

/// <summary>What a source gives for a parameter, not converted yet.</summary>
/// <param name="Source">Names the source in messages, for example <c>--retry-count</c>.</param>
/// <param name="Words">The words; none for a switch or an empty list.</param>
/// <param name="PathBase">The folder that relative paths start from.</param>
internal sealed record ParameterValue(string Source, IReadOnlyList<string> Words, string PathBase);
