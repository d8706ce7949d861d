namespace Nuke.Common.Tooling;

/// <summary>Changes options and returns them.</summary>
/// <param name="options">The options so far.</param>
public delegate T Configure<T>(T options);
