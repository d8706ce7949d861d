using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>All targets of a build class, linked, without circles.</summary>
internal sealed class TargetGraph
{
    private readonly Dictionary<Target, ExecutableTarget> byFactory = [];

    private TargetGraph(IReadOnlyList<ExecutableTarget> targets) => Targets = targets;

    /// <summary>The targets in the order of their declaration.</summary>
    public IReadOnlyList<ExecutableTarget> Targets { get; }

    /// <summary>Reads the properties of type <see cref="Target"/>.</summary>
    /// <param name="build">The build object.</param>
    /// <param name="defaults">The names of the default targets.</param>
    /// <exception cref="BuildDefinitionException">Targets need each other in a circle.</exception>
    public static TargetGraph Of(NukeBuild build, IReadOnlyCollection<string> defaults)
    {
        var targets = new List<ExecutableTarget>();
        foreach (var property in PropertiesOf(build.GetType()))
        {
            var target = new ExecutableTarget(property.Name, (Target)property.GetValue(build)!) { IsDefault = defaults.Contains(property.Name) };
            target.Definition = new TargetDefinition();
            target.Factory(target.Definition);
            target.Description = target.Definition.DescriptionText;
            target.Listed = !target.Definition.IsUnlisted;
            targets.Add(target);
        }

        var graph = new TargetGraph(targets);
        graph.Link();
        CircleFinder.Demand(targets);
        return graph;
    }

    /// <summary>The target of a name, in which case and dashes do not count; null if there is none.</summary>
    public ExecutableTarget? Find(string name)
        => Targets.FirstOrDefault(target => ValueInjection.Naming.Normalize(target.Name) == ValueInjection.Naming.Normalize(name));

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var classes = new Stack<Type>();
        for (var declaring = type; declaring is not null && declaring != typeof(NukeBuild); declaring = declaring.BaseType)
        {
            classes.Push(declaring);
        }

        return classes
            .SelectMany(declaring => declaring.GetProperties(Declared).OrderBy(property => property.MetadataToken))
            .Where(property => property.PropertyType == typeof(Target))
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(overrides => overrides.Last());
    }

    private void Link()
    {
        foreach (var target in Targets)
        {
            byFactory.Add(target.Factory, target);
        }

        var links = Targets.ToDictionary(target => target, _ => new TargetLinks());
        foreach (var target in Targets)
        {
            var definition = target.Definition;
            links[target].DependsOn.AddRange(All(target, definition.DependsOnTargets));
            links[target].After.AddRange(All(target, definition.AfterTargets));
            links[target].Triggers.AddRange(All(target, definition.TriggersTargets));
            All(target, definition.DependentForTargets).ForEach(other => links[other].DependsOn.Add(target));
            All(target, definition.BeforeTargets).ForEach(other => links[other].After.Add(target));
            All(target, definition.TriggeredByTargets).ForEach(other => links[other].Triggers.Add(target));
        }

        foreach (var target in Targets)
        {
            target.ExecutionDependencies = [.. InDeclaredOrder(links[target].DependsOn)];
            target.OrderDependencies = [.. InDeclaredOrder(links[target].After)];
            target.Triggers = [.. InDeclaredOrder(links[target].Triggers)];
            target.TriggerDependencies = [.. Targets.Where(other => links[other].Triggers.Contains(target))];
        }
    }

    private IEnumerable<ExecutableTarget> InDeclaredOrder(List<ExecutableTarget> some) => Targets.Where(some.Contains);

    private List<ExecutableTarget> All(ExecutableTarget source, List<Target> factories)
        => [.. factories.Select(factory => byFactory.GetValueOrDefault(factory)
            ?? throw new BuildDefinitionException($"Target '{source.Name}' names a target that is no property of the build"))];

    private sealed class TargetLinks
    {
        public List<ExecutableTarget> DependsOn { get; } = [];

        public List<ExecutableTarget> After { get; } = [];

        public List<ExecutableTarget> Triggers { get; } = [];
    }
}
