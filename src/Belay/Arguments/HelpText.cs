using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The texts of <c>--help</c>, from the declarations alone: a first screen, a page for each topic, and everything.</summary>
public static class HelpText
{
    /// <summary>The topic that lists everything.</summary>
    public const string All = "all";

    /// <summary>The lines for what was asked.</summary>
    /// <param name="topics">The words beside <c>--help</c>: names of targets or parameters, or <see cref="All"/>; none for the first
    /// screen.</param>
    /// <param name="targets">The targets in their order.</param>
    /// <param name="parameters">The parameters in their order.</param>
    public static IReadOnlyList<string> Lines(
        IReadOnlyList<string> topics, IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters, OptionSet host)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(host);
        return topics.Count == 0 ? First(targets, host)
            : topics.Any(topic => Names.Same(topic, All)) ? Everything(targets, parameters, host)
            : [.. topics.SelectMany((topic, index) => Page(topic, targets, parameters, host).Prepend("").Skip(index == 0 ? 1 : 0))];
    }

    private static IReadOnlyList<string> First(IReadOnlyList<NamedTarget> targets, OptionSet host) =>
    [
        "Belay releases database migrations to PostgreSQL: it looks, takes a backup and proves it, runs what is pending, checks, logs in,",
        "and refuses to migrate without the proven backup.",
        "",
        "  ./build.sh [Targets] [--parameter value]",
        "",
        .. HelpTable.Lines([.. targets.Where(target => target.IsFirst).Select(target => (target.Name, target.Description))]),
        "",
        .. host.Start,
        $"Settings stand on the command line, in the environment (--lock-timeout is LOCK_TIMEOUT), in .env or in {host.Files}.",
        "",
        "  ./build.sh --help Migrate   what a target can be told, with defaults and an example; the same for --help lock-timeout",
        "  ./build.sh --help all       all targets and all parameters",
    ];

    private static IReadOnlyList<string> Page(
        string topic, IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters, OptionSet host)
    {
        if (targets.FirstOrDefault(target => Names.Same(target.Name, topic)) is { } target)
        {
            return TargetHelp.Lines(target, targets, parameters);
        }

        var name = topic.TrimStart('-');
        return parameters.FirstOrDefault(parameter => Names.Same(parameter.Name, name)) is { } found
            ? TargetHelp.Lines(found, targets, host)
            : [
                $"\"{topic}\" is no target and no parameter"
                    + Names.Guess(topic, [.. targets.Select(target => target.Name), .. parameters.Select(parameter => parameter.Name)]),
                "",
                .. First(targets, host),
            ];
    }

    private static IReadOnlyList<string> Everything(
        IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters, OptionSet host)
    {
        var typed = parameters.Where(IsTyped).ToList();
        var (ours, others) = (targets.Where(target => !target.IsForDevelopment), targets.Where(target => target.IsForDevelopment).ToList());
        var theirs = others.SelectMany(target => target.Parameters).Distinct().ToList();
        return
        [
            "./build.sh [Targets] [--parameter value]",
            "",
            "Targets (with what runs before them):",
            "",
            .. ours.SelectMany(Lines),
            "",
            $"Parameters, on the command line, in the environment (--lock-timeout is LOCK_TIMEOUT), in .env or in {host.Files}:",
            "",
            .. HelpTable.Lines([.. typed.Except(theirs).Select(parameter => (parameter.Option, parameter.Description))]),
            "",
            "In the environment or in .env alone:",
            "",
            .. HelpTable.Lines([.. parameters.Except(typed).Select(parameter => (parameter.Variable, parameter.Description))]),
            "",
            host.Title,
            "",
            .. HelpTable.Lines([.. host.Allowed.Select(option => ($"--{option.Key}", option.Value))]),
            .. others.Count == 0 ? [] : Development(others, theirs),
        ];
    }

    private static IReadOnlyList<string> Development(IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters) =>
    [
        "",
        "For trying Belay and for the work on it; no release needs them:",
        "",
        .. targets.SelectMany(Lines),
        "",
        .. HelpTable.Lines([.. parameters.Select(parameter => (parameter.Option, parameter.Description))]),
    ];

    private static IEnumerable<string> Lines(NamedTarget target)
        => [
            $"  {target.Name}"
                + $"{(target.DependsOn.Count == 0 ? "" : $" -> {string.Join(", ", target.DependsOn.Select(other => other.Name))}")}",
            $"    {target.Description}",
        ];

    private static bool IsTyped(Parameter parameter) => parameter.Sources.HasFlag(ParameterSources.CommandLine);
}
