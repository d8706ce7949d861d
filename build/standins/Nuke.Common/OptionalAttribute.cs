namespace Nuke.Common;

/// <summary>A parameter that may be absent.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class OptionalAttribute : Attribute;
