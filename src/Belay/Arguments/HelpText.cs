using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The text of <c>--help</c>, from the declarations alone.</summary>
public static class HelpText
{
    private const int Gap = 3;

    /// <summary>The text's lines.</summary>
    /// <param name="targets">The targets in their order.</param>
    /// <param name="parameters">The parameters in their order.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters, OptionSet host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var typed = parameters.Where(parameter => parameter.Sources.HasFlag(ParameterSources.CommandLine)).ToList();
        var options = typed.Select(parameter => (parameter.Option, parameter.Description)).ToList();
        var variables = parameters.Except(typed).Select(parameter => (parameter.Variable, parameter.Description)).ToList();
        return
        [
            "./build.sh [Targets] [--parameter value]",
            "",
            "Targets (with what runs before them):",
            "",
            .. targets.SelectMany(Lines),
            "",
            $"Parameters, on the command line, in the environment (--lock-timeout is LOCK_TIMEOUT), in .env or in {host.Files}:",
            "",
            .. Table(options),
            "",
            "In the environment or in .env alone:",
            "",
            .. Table(variables),
            "",
            host.Title,
            "",
            .. Table([.. host.Allowed.Select(option => ($"--{option.Key}", option.Value))]),
        ];
    }

    private static IEnumerable<string> Lines(NamedTarget target)
        => [
            $"  {target.Name}"
                + $"{(target.DependsOn.Count == 0 ? "" : $" -> {string.Join(", ", target.DependsOn.Select(other => other.Name))}")}",
            $"    {target.Description}",
        ];

    private static IEnumerable<string> Table(IReadOnlyList<(string Name, string Help)> rows)
    {
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max() + Gap;
        return rows.Select(row => $"  {row.Name.PadRight(width)}{row.Help}");
    }
}
