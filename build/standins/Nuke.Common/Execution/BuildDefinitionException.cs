namespace Nuke.Common.Execution;

/// <summary>The build class itself is wrong: its targets depend on each other in a circle, or two parameters have one name.</summary>
internal sealed class BuildDefinitionException(string message) : Exception(message);
