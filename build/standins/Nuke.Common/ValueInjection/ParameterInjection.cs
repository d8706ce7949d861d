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
                if (member.GetCustomAttribute<ParameterAttribute>()?.GetValue(member, build) is { } value)
                {
                    Set(member, build, value);
                }
            }
        }
    }

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
