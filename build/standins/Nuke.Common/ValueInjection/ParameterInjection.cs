using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>Sets a build's parameters.</summary>
internal static class ParameterInjection
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Sets every field and property with a <see cref="ParameterAttribute"/> whose attribute finds a value.</summary>
    public static void Inject(NukeBuild build)
    {
        for (var type = build.GetType(); type is not null && type != typeof(NukeBuild); type = type.BaseType)
        {
            foreach (var member in type.GetMembers(Declared))
            {
                if (Read(member, build) is { } value)
                {
                    Set(member, build, value);
                }
            }
        }
    }

    /// <summary>The value that a member's <see cref="ParameterAttribute"/> finds; null when it finds none, or when there is no
    /// attribute.</summary>
    public static object? Read(MemberInfo member, NukeBuild build)
        => member.GetCustomAttribute<ParameterAttribute>()?.GetValue(member, build);

    private static void Set(MemberInfo member, NukeBuild build, object value)
    {
        if (member is PropertyInfo property)
        {
            property.SetValue(build, value);
        }
        else
        {
            ((FieldInfo)member).SetValue(build, value);
        }
    }
}
