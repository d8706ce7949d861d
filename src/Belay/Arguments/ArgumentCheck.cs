using Belay.Settings;

namespace Belay.Arguments;

/// <summary>
/// Refuses, before any engine runs, everything on the command line, in the environment and in parameter
/// files that an engine would ignore, misread or replace by a default without saying so.
/// </summary>
/// <param name="parameters">The parameters that exist.</param>
/// <param name="targets">The targets that exist.</param>
/// <remarks>
/// NUKE 10.1 ignores unknown options and skipped targets that do not exist, takes the default for a value it cannot use,
/// gives every word after an option to it, and obeys plain variables like TARGET; measured. A release must do what was typed or nothing.
/// </remarks>
public sealed class ArgumentCheck(IReadOnlyList<Parameter> parameters, IReadOnlyList<string> targets)
{
    private const string SeeHelp = "./build.sh --help lists targets and parameters";

    private readonly SettingsFaults faults = new();

    /// <summary>The host's own options. The default is those of a build on an engine.</summary>
    public OptionSet Options { get; init; } = OptionSet.OfBuild;

    /// <summary>What the run was told.</summary>
    /// <exception cref="SettingsException">Lists every fault; no secret is in it.</exception>
    public RunArguments Read(ArgumentSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        sources.Words.Where(SecretParameters.Holds).ToList().ForEach(Redaction.Remember);
        var typed = TypedWords.Part(sources.Words);
        if (typed.Options.Any(IsHelp) || typed is { Targets.Count: 0, Options.Count: 0 })
        {
            return new RunArguments
            {
                Targets = [],
                IsHelp = true,
                HelpTopics = [.. typed.Targets, .. typed.Options.Where(IsHelp).SelectMany(option => option.Words)],
            };
        }

        if (typed is { Targets.Count: 0, Options: [{ Words.Count: 0 } only] } && Names.Same(only.Name, EngineOptions.Version))
        {
            return new RunArguments { Targets = [], IsVersion = true };
        }

        var words = new OptionWords(parameters, targets, Options, faults);
        typed.Options.ToList().ForEach(words.Take);

        var variables = new ParameterVariables(sources.Environment, faults);
        var arguments = Choose(typed, words, variables) with
        {
            Texts = Resolve(words, variables, ReadFiles(sources, words)),
            Typed = [.. words.Given.Keys],
            Repeated = RepeatedOption.Of(typed.Options),
        };
        faults.ThrowIfAny(SeeHelp);
        return arguments;
    }

    /// <summary>What the run was told of the parameters, in a build with targets and parameters of its own, whose engine finds the
    /// targets.</summary>
    /// <exception cref="SettingsException">Lists every fault; no secret is in it.</exception>
    public RunArguments ReadBeside(ArgumentSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        sources.Words.Where(SecretParameters.Holds).ToList().ForEach(Redaction.Remember);
        var typed = TypedWords.Part(sources.Words);
        var words = new OptionWords(parameters, targets, Options, faults);
        typed.Options.ToList().ForEach(words.Take);
        SteeringVariables.Refuse(sources.Environment, faults);

        var variables = new ParameterVariables(sources.Environment, faults);
        var arguments = new RunArguments
        {
            Targets = [],
            Skipped = FindSkipped(words, variables, new TargetNames(targets, faults)),
            Profiles = words.Engine.GetValueOrDefault(EngineOptions.Profile, []),
            HasNoColour = IsOn(words, EngineOptions.NoColour),
            Texts = Resolve(words, variables, ReadFiles(sources, words)),
            Typed = [.. words.Given.Keys],
            Repeated = RepeatedOption.Of(typed.Options),
        };
        faults.ThrowIfAny(SeeHelp);
        return arguments;
    }

    private static IReadOnlyList<string>? FindSkipped(OptionWords words, ParameterVariables variables, TargetNames names)
        => words.Engine.TryGetValue(EngineOptions.Skip, out var option) ? names.Find(option, "--skip")
            : variables.Find(EngineOptions.Skip, "targets to leave out") is { } variable
                ? names.Find([variable.Text.Trim()], variable.Source)
            : null;

    private static bool IsHelp(TypedOption option) => Names.Same(option.Name, EngineOptions.Help) || option.Typed is "-h" or "-?";

    private static bool IsOn(OptionWords words, string name)
        => words.Engine.TryGetValue(name, out var values) && (values.Count == 0 || bool.Parse(values[0]));

    private RunArguments Choose(TypedWords typed, OptionWords words, ParameterVariables variables)
    {
        var names = new TargetNames(targets, faults);
        var chosen = ChooseTargets(typed, words, names);
        var skipped = FindSkipped(words, variables, names);
        foreach (var target in chosen.Intersect(skipped ?? []))
        {
            faults.Add($"{target} is both to run and to be skipped: an engine would run it without what it depends on");
        }

        return new RunArguments
        {
            Targets = chosen,
            Skipped = skipped,
            Profiles = words.Engine.GetValueOrDefault(EngineOptions.Profile, []),
            IsPlan = IsOn(words, EngineOptions.Plan),
            HasNoColour = IsOn(words, EngineOptions.NoColour),
            IsJson = words.Engine.TryGetValue(EngineOptions.Output, out var form)
                && form[0].Equals(EngineOptions.Json, StringComparison.OrdinalIgnoreCase),
        };
    }

    private IReadOnlyList<string> ChooseTargets(TypedWords typed, OptionWords words, TargetNames names)
    {
        var hasOption = words.Engine.TryGetValue(EngineOptions.Target, out var option);
        if (hasOption && typed.Targets.Count > 0)
        {
            faults.Add("Targets are given as words and with --target: only one of them can be");
        }

        if (!hasOption && typed.Targets.Count == 0)
        {
            var swallowed = SwallowedTarget.Find(typed.Options, targets);
            faults.Add(
                swallowed is null ? "No target is given"
                    : $"No target is given; did you mean {swallowed.Target}? What stands behind {swallowed.Option} is taken for its value",
                swallowed?.Hint ?? "targets come before the first option: ./build.sh Migrate --dry-run");
        }

        return hasOption ? names.Find(option!, "--target") : names.Find(typed.Targets, "The command line");
    }

    private ParameterFile ReadFiles(ArgumentSources sources, OptionWords words)
    {
        var files = new ParameterFile(parameters, targets, Options, faults);
        files.Read(sources, profile: null);
        foreach (var profile in words.Engine.GetValueOrDefault(EngineOptions.Profile, []))
        {
            if (profile.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.'))
            {
                files.Read(sources, profile);
            }
            else
            {
                faults.Add($"--profile is \"{profile}\": the name of a profile has letters, digits, dashes, underscores and dots");
            }
        }

        return files;
    }

    /// <summary>The command line goes before the environment, the environment before the files.</summary>
    private Dictionary<string, string> Resolve(OptionWords words, ParameterVariables variables, ParameterFile files)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            var given = words.Given.GetValueOrDefault(parameter.Name)
                ?? variables.Find(parameter)
                ?? files.Given.GetValueOrDefault(parameter.Name);
            if (given is null)
            {
                continue;
            }

            texts[parameter.Name] = given.Text;
            if (parameter.Kind == ParameterKind.Switch && parameter.FaultOf(given.Text) is { } fault)
            {
                faults.Add($"{given.Source} {fault}");
            }
        }

        return texts;
    }
}
