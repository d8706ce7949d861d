#nullable disable
using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>A field or property whose value comes from outside: from the command line, unless a derived
/// attribute finds it elsewhere.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute : ValueInjectionAttributeBase
{
    /// <summary>Makes the attribute.</summary>
    public ParameterAttribute(string description = null) => Description = description;

    /// <summary>What it means.</summary>
    public virtual string Description { get; }

    /// <summary>The name, if it is not the member's.</summary>
    public string Name { get; set; }

    /// <summary>The text behind the option; for a switch, whether it is on.</summary>
    public override object GetValue(MemberInfo member, object instance)
    {
        var name = Name ?? member.Name;
        var type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
        return type == typeof(bool) ? CommandLine.Current.IsOn(name) : CommandLine.Current.Find(name) is [var first, ..] ? first : null;
    }
}
