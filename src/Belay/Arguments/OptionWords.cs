using Belay.Settings;

namespace Belay.Arguments;

/// <summary>Reads the options of a command line, each with as many words as it takes.</summary>
/// <param name="parameters">The parameters that exist.</param>
/// <param name="targets">The targets that exist, to tell a target that an option swallowed.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class OptionWords(
    IReadOnlyList<Parameter> parameters, IReadOnlyList<string> targets, OptionSet options, SettingsFaults faults)
{
    private readonly Dictionary<string, IReadOnlyList<string>> engine = [];
    private readonly Dictionary<string, GivenText> given = [];
    private readonly HashSet<string> seen = [];

    /// <summary>The words of the engine's options, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Engine => engine;

    /// <summary>The parameters' texts, by name.</summary>
    public IReadOnlyDictionary<string, GivenText> Given => given;

    private IReadOnlyList<string> Known
        => [.. parameters.Select(parameter => parameter.Option), .. options.Allowed.Keys.Select(name => $"--{name}")];

    /// <summary>Takes an option.</summary>
    public void Take(TypedOption option)
    {
        var parameter = parameters.FirstOrDefault(known => Names.Same(known.Name, option.Name))
            ?? parameters.FirstOrDefault(known => known.FormerName is { } former && Names.Same(former, option.Name));
        var name = parameter?.Name ?? options.Allowed.Keys.FirstOrDefault(known => Names.Same(known, option.Name));
        if (name is null)
        {
            RefuseUnknown(option);
        }
        else if (option.HasEquals)
        {
            faults.Add($"--{name} has an equals sign behind it: its value must stand after a blank", $"--{name} <value>");
        }
        else if (!seen.Add(name))
        {
            faults.Add($"--{name} is given twice");
        }
        else if (parameter is not null)
        {
            TakeParameter(parameter, option.Words);
        }
        else
        {
            TakeEngine(name, option.Words);
        }
    }

    private void TakeParameter(Parameter parameter, IReadOnlyList<string> words)
    {
        if (!parameter.Sources.HasFlag(ParameterSources.CommandLine))
        {
            faults.Add(
                $"{parameter.Option} is not taken from the command line, which every user of the machine can read",
                $"set {parameter.Variable} in the environment or in .env instead");
        }
        else if (words.FirstOrDefault(SecretParameters.Holds) is not null)
        {
            faults.Add(
                $"{parameter.Option} has a secret behind it, which every user of the machine can read in the process list",
                parameter.Kind == ParameterKind.Text ? $"set {parameter.Variable} in the environment or in .env instead" : null);
        }
        else if (parameter.Kind == ParameterKind.Switch ? IsSwitch(parameter.Name, words) : IsOne(parameter.Name, words))
        {
            given[parameter.Name] = new GivenText(words.Count == 0 ? "true" : words[0], parameter.Option);
        }
    }

    private void TakeEngine(string name, IReadOnlyList<string> words)
    {
        var takes = EngineOptions.IsSwitch(name) ? name == EngineOptions.Help || IsSwitch(name, words)
            : EngineOptions.IsList(name) ? name == EngineOptions.Skip || IsSome(name, words)
            : IsOne(name, words);
        if (!takes)
        {
            return;
        }

        var choices = name switch
        {
            EngineOptions.Verbosity => EngineOptions.Verbosities,
            EngineOptions.Output => EngineOptions.Outputs,
            _ => null,
        };
        if (choices is not null && !choices.Contains(words[0], StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"--{name} is \"{words[0]}\": it must be {WordList.Or(choices)}");
            return;
        }

        engine[name] = words;
    }

    private bool IsSwitch(string name, IReadOnlyList<string> words)
    {
        var isRight = words.Count == 0 || (words.Count == 1 && bool.TryParse(words[0], out _));
        if (!isRight)
        {
            faults.Add(
                $"--{name} takes true, false or nothing, not {(words is [var word] ? $"\"{word}\"" : $"{words.Count} words")}",
                HintFor(name, words));
        }

        return isRight;
    }

    private bool IsOne(string name, IReadOnlyList<string> words)
    {
        // The words are not repeated: one of them may be a password.
        if (words.Count > 1)
        {
            faults.Add($"--{name} takes one value, and {words.Count} words follow it", HintFor(name, words.Skip(1)));
            return false;
        }

        return IsSome(name, words);
    }

    private bool IsSome(string name, IReadOnlyList<string> words)
    {
        if (words.Any(word => word.Trim().Length > 0) && words.All(word => word.Trim().Length > 0))
        {
            return true;
        }

        faults.Add(
            words.Count == 0 ? $"--{name} needs a value" : $"--{name} has an empty value; leave the option out for its default",
            $"--{name} <value>");
        return false;
    }

    private void RefuseUnknown(TypedOption option)
    {
        var reason = options.Refused.FirstOrDefault(refused => Names.Same(refused.Key, option.Name));
        if (reason.Key is not null)
        {
            faults.Add($"--{reason.Key} is refused: {reason.Value}");
        }
        else if (options.Others is null && option.Name.Length > 1 && char.IsAsciiDigit(option.Name[1]))
        {
            faults.Add($"\"{option.Name}\" begins with a dash, so it is no value but an option, and there is none of this name");
        }
        else if (!options.IsOthers(option.Name, Known))
        {
            faults.Add($"Unknown option {option.Name}{Names.Guess(option.Name, Known)}");
        }
    }

    /// <summary>A target behind an option belongs to it, which is the commonest mistake.</summary>
    private string? HintFor(string name, IEnumerable<string> words)
        => SwallowedTarget.In([.. words], targets) is { } target ? new SwallowedTarget(target, $"--{name}").Hint : null;
}
