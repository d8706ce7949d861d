namespace Nuke.Common.ValueInjection;

/// <summary>What attributes have in common whose members the engine sets.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute;
