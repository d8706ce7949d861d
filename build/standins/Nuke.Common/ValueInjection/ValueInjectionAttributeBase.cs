#nullable disable
using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>What attributes have in common whose members the engine sets.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    /// <summary>The member's value; null leaves it as it is.</summary>
    public abstract object GetValue(MemberInfo member, object instance);
}
