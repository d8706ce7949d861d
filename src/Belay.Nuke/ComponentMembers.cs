using System.Reflection;
using Belay.Arguments;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>The members of the components, found by name: a target has its stage's, a parameter its declaration's.</summary>
internal static class ComponentMembers
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<string, PropertyInfo> Targets = typeof(ComponentMembers).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface)
        .SelectMany(type => type.GetProperties())
        .Where(property => property.PropertyType == typeof(Target))
        .ToDictionary(property => property.Name);

    /// <summary>The targets of some stages, without those that the build does not have.</summary>
    /// <param name="build">The build. What it implements in a component's place is what the engine runs.</param>
    public static Target[] TargetsOf(IRelease build, IEnumerable<NamedTarget> stages)
        => [.. stages.Select(stage => Targets[stage.Name])
            .Where(property => property.DeclaringType!.IsInstanceOfType(build))
            .Select(property => (Target)property.GetValue(build)!)];

    /// <summary>The texts of the parameters as the build's members say them, by the parameters' names.</summary>
    public static IEnumerable<(string Name, string? Text)> TextsOf(IRelease build)
        => typeof(IReleaseParameters).GetProperties()
            .Select(property => (property.GetCustomAttribute<GivenAttribute>()!.ParameterName, (string?)property.GetValue(build)));

    /// <summary>The names of all targets of a build.</summary>
    public static IReadOnlyList<string> TargetNamesOf(INukeBuild build)
        => [.. MembersOf(build.GetType()).OfType<PropertyInfo>()
            .Where(property => property.PropertyType == typeof(Target))
            .Select(property => property.Name.Split('.')[^1])
            .Distinct()];

    /// <summary>The names of all parameters of a build, the engine's own among them.</summary>
    public static IReadOnlyList<string> ParameterNamesOf(INukeBuild build)
        => [.. MembersOf(build.GetType())
            .Select(member => (Member: member, Attribute: member.GetCustomAttribute<ParameterAttribute>()))
            .Where(pair => pair.Attribute is not null)
            .Select(pair => pair.Attribute!.Name ?? pair.Member.Name)
            .Distinct()];

    private static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        IEnumerable<Type> types = type.GetInterfaces();
        for (var level = type; level is not null; level = level.BaseType)
        {
            types = types.Append(level);
        }

        return types.SelectMany(one => one.GetMembers(Everything | BindingFlags.Static | BindingFlags.DeclaredOnly));
    }
}
