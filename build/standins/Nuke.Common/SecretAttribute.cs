namespace Nuke.Common;

/// <summary>A parameter whose value is masked in everything that is printed.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class SecretAttribute : Attribute;
