using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The pages of the help that are about one target or one parameter.</summary>
internal static class TargetHelp
{
    /// <summary>A target's page: what it does, what runs with it, what it can be told, an example.</summary>
    /// <param name="targets">The targets in their order.</param>
    /// <param name="parameters">The parameters in their order.</param>
    public static IReadOnlyList<string> Lines(
        NamedTarget target, IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters)
    {
        var own = parameters.Where(target.Parameters.Contains).ToList();
        var before = Before(target).ToList();
        return
        [
            $"./build.sh {target.Name}{(target.Example.Length == 0 ? "" : $" {target.Example}")}",
            "",
            target.Description,
            .. before.Count == 0 ? [] : new[]
            {
                $"Before it runs: {string.Join(", ", targets.Where(before.Contains).Select(other => other.Name))}; "
                    + "their parameters count too.",
            },
            .. own.Count == 0 ? [] : new[] { "" },
            .. HelpTable.Lines([.. own.Select(parameter => (NameOf(parameter), parameter.Description))]),
        ];
    }

    /// <summary>A parameter's page: what it means, where it may stand, who heeds it.</summary>
    /// <param name="targets">The targets in their order.</param>
    public static IReadOnlyList<string> Lines(Parameter parameter, IReadOnlyList<NamedTarget> targets, OptionSet host)
    {
        var heeding = targets.Where(target => target.Parameters.Contains(parameter)).Select(target => target.Name).ToList();
        (ParameterSources Source, string Text)[] places =
        [
            (ParameterSources.CommandLine, $"on the command line {parameter.Option}"),
            (ParameterSources.Environment, $"in the environment or in .env {parameter.Variable}"),
            (ParameterSources.File, $"in {host.Files} {parameter.Key}"),
        ];
        return
        [
            NameOf(parameter),
            "",
            parameter.Description,
            $"It is {string.Join(", ", places.Where(place => parameter.Sources.HasFlag(place.Source)).Select(place => place.Text))}.",
            .. heeding.Count == 0 ? [] : new[] { $"Targets: {string.Join(", ", heeding)}" },
        ];
    }

    private static IEnumerable<NamedTarget> Before(NamedTarget target) => target.DependsOn.SelectMany(other => Before(other).Append(other));

    private static string NameOf(Parameter parameter)
        => parameter.Sources.HasFlag(ParameterSources.CommandLine) ? parameter.Option : parameter.Variable;
}
