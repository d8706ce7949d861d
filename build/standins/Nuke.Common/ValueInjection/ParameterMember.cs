using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>A field or property with <see cref="ParameterAttribute"/>.</summary>
internal sealed class ParameterMember
{
    private readonly ParameterAttribute attribute;
    private readonly FieldInfo? field;
    private readonly PropertyInfo? property;

    private ParameterMember(MemberInfo member, ParameterAttribute attribute)
    {
        this.attribute = attribute;
        field = member as FieldInfo;
        property = member as PropertyInfo;
        MemberName = member.Name;
        Name = attribute.Name ?? member.Name;
        Description = attribute.Description;
        Separator = attribute.Separator;
        IsListed = attribute.List;
        IsSecret = member.IsDefined(typeof(SecretAttribute), inherit: true);
        IsRequired = member.IsDefined(typeof(RequiredAttribute), inherit: true);
        IsEngine = member.DeclaringType == typeof(EngineOptions);
        Type = field?.FieldType ?? property!.PropertyType;
    }

    /// <summary>The name on the command line, in the environment and in parameter files.</summary>
    public string Name { get; }

    /// <summary>The name in the source.</summary>
    public string MemberName { get; }

    public string? Description { get; }

    public string? Separator { get; }

    public bool IsListed { get; }

    public bool IsSecret { get; }

    public bool IsRequired { get; }

    /// <summary>Whether it is one of the engine's own options.</summary>
    public bool IsEngine { get; }

    public Type Type { get; }

    /// <summary>The name as typed on the command line.</summary>
    public string Option => Naming.ToOption(Name);

    /// <summary>Whether it takes any number of values.</summary>
    public bool IsList => ValueConverter.ItemTypeOf(Type) is not null;

    /// <summary>Whether it is a switch.</summary>
    public bool IsSwitch => Type == typeof(bool) || Type == typeof(bool?);

    /// <summary>The parameters of a class and its bases, in the order of their declaration.</summary>
    public static IReadOnlyList<ParameterMember> Of(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var members = new List<ParameterMember>();
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            members.AddRange(declaring.GetMembers(Declared)
                .Where(member => member is FieldInfo or PropertyInfo && member.IsDefined(typeof(ParameterAttribute), inherit: true))
                .OrderBy(member => member.MetadataToken)
                .Select(member => new ParameterMember(member, member.GetCustomAttribute<ParameterAttribute>()!)));
        }

        return members;
    }

    /// <summary>The value that the member's own attribute finds; null for none.</summary>
    public object? Ask(object instance) => attribute.GetValue((MemberInfo?)field ?? property!, instance);

    /// <summary>Whether the member's own attribute finds the value.</summary>
    public bool FindsItself => attribute.GetType() != typeof(ParameterAttribute);

    /// <summary>The value in an object.</summary>
    public object? Get(object instance) => field is not null ? field.GetValue(instance) : property!.GetValue(instance);

    /// <summary>Sets the value, also of a read-only field or property.</summary>
    public void Set(object instance, object? value)
    {
        if (property?.SetMethod is not null)
        {
            property.SetValue(instance, value);
            return;
        }

        (field ?? BackingField()).SetValue(instance, value);
    }

    private FieldInfo BackingField()
        => property!.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new Execution.BuildDefinitionException($"The parameter '{property.Name}' can't be set: give it a setter or make it a field.");
}
