namespace Nuke.Common;

/// <summary>A parameter that must have a value, whatever target runs.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class RequiredAttribute : Attribute;
