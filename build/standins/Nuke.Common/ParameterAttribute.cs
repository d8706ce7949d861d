#nullable disable
using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>A field or property whose value comes from the command line, the environment or a parameter file.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute : ValueInjectionAttributeBase
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="description">The line that <c>--help</c> shows.</param>
    public ParameterAttribute(string description = null) => Description = description;

    /// <summary>The line that <c>--help</c> shows.</summary>
    public virtual string Description { get; }

    /// <summary>The name, if it is not the member's.</summary>
    public string Name { get; set; }

    /// <summary>What separates the items of a list that comes as one text.</summary>
    public string Separator { get; set; }

    /// <summary>Whether <c>--help</c> shows the parameter.</summary>
    public virtual bool List { get; set; } = true;

    /// <summary>Null: the engine itself finds the value of a parameter whose attribute does not.</summary>
    public override object GetValue(MemberInfo member, object instance) => null;
}
