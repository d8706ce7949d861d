using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>All targets of a build class, linked.</summary>
internal sealed class TargetGraph
{
    private readonly Dictionary<Target, ExecutableTarget> byFactory;

    private TargetGraph(IReadOnlyList<ExecutableTarget> targets)
    {
        Targets = targets;
        byFactory = targets.ToDictionary(target => target.Factory);
    }

    /// <summary>The targets in the order of their declaration.</summary>
    public IReadOnlyList<ExecutableTarget> Targets { get; }

    /// <summary>Reads the properties of type <see cref="Target"/>.</summary>
    public static TargetGraph Of(NukeBuild build)
    {
        var graph = new TargetGraph(
        [
            .. Properties(build.GetType())
                .Select(property => new ExecutableTarget(build, property.Name, (Target)property.GetValue(build)!)),
        ]);
        graph.Link();
        return graph;
    }

    /// <summary>Those of the class, then those that its interfaces declare and it does not: NUKE calls these components.</summary>
    private static List<PropertyInfo> Properties(Type type)
    {
        const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var own = Of(type).Where(property => !property.Name.Contains('.', StringComparison.Ordinal)).ToList();
        var names = own.Select(property => property.Name).ToHashSet();
        return [.. own, .. type.GetInterfaces().SelectMany(Of).Where(property => !names.Contains(property.Name))];

        static IEnumerable<PropertyInfo> Of(Type type) => type.GetProperties(Everything)
            .Where(property => property.PropertyType == typeof(Target))
            .OrderBy(property => property.MetadataToken);
    }

    /// <summary>The target of a name, in which case and dashes do not count.</summary>
    /// <exception cref="BuildDefinitionException">There is none.</exception>
    public ExecutableTarget Find(string name)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        var available = Targets.Select(target => $"  - {target.Name}").Order(StringComparer.Ordinal);
        return Targets.FirstOrDefault(target => target.Name.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? throw new BuildDefinitionException(
                $"Target with name '{plain}' does not exist. Available targets are:\n{string.Join('\n', available)}");
    }

    private void Link()
    {
        foreach (var target in Targets)
        {
            target.ExecutionDependencies = All(target, target.Definition.DependsOnTargets);
            target.OrderDependencies =
            [
                .. All(target, target.Definition.AfterTargets),
                .. Targets.Where(other => other.Definition.BeforeTargets.Contains(target.Factory)),
            ];
            target.Triggers =
            [
                .. All(target, target.Definition.TriggersTargets),
                .. Targets.Where(other => other.Definition.TriggeredByTargets.Contains(target.Factory)),
            ];
        }

        foreach (var target in Targets)
        {
            target.TriggerDependencies = [.. Targets.Where(other => other.Triggers.Contains(target))];
        }
    }

    private List<ExecutableTarget> All(ExecutableTarget source, List<Target> factories)
        => [.. factories.Select(factory => byFactory.GetValueOrDefault(factory)
            ?? throw new BuildDefinitionException($"Target '{source.Name}' names a target that is no property of the build"))];
}
