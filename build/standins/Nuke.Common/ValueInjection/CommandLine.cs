namespace Nuke.Common.ValueInjection;

/// <summary>
/// The command line by NUKE's rules: words before the first option are targets, words after an option belong to it, case and dashes do
/// not count. System.CommandLine is not used: it takes a mistyped option as one more value of the list option before it.
/// </summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, ParameterMember> known;
    private readonly Dictionary<ParameterMember, List<string>> values = [];
    private readonly List<string> targets = [];
    private readonly List<string> faults = [];

    private CommandLine(IEnumerable<ParameterMember> members)
        => known = members.ToDictionary(member => Naming.Normalize(member.Name));

    /// <summary>The words before the first option.</summary>
    public IReadOnlyList<string> Targets => targets;

    /// <summary>What is wrong, one text each.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Reads the words.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments, IReadOnlyCollection<ParameterMember> members)
    {
        var line = new CommandLine(members);
        List<string> words = line.targets;
        foreach (var argument in arguments)
        {
            if (IsOption(argument))
            {
                words = line.Open(argument);
            }
            else
            {
                words.Add(argument);
            }
        }

        line.CheckCounts();
        return line;
    }

    /// <summary>The words given for a parameter; null when it is not there.</summary>
    public IReadOnlyList<string>? Find(ParameterMember member) => values.GetValueOrDefault(member);

    /// <summary>A word like <c>-5</c> is a value.</summary>
    private static bool IsOption(string argument) => argument.Length > 1 && argument[0] == '-' && !char.IsAsciiDigit(argument[1]);

    private List<string> Open(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        List<string> words = equals < 0 ? [] : [argument[(equals + 1)..]];
        if (!known.TryGetValue(Naming.Normalize(name), out var member))
        {
            var nearest = Naming.Nearest(name, known.Values.Select(candidate => candidate.Name));
            faults.Add($"Unknown option {name}{(nearest is null ? string.Empty : $"; did you mean {Naming.ToOption(nearest)}?")}");
            return words;
        }

        if (values.TryGetValue(member, out var earlier))
        {
            if (!member.IsList)
            {
                faults.Add($"{member.Option} is given twice");
            }

            earlier.AddRange(words);
            return earlier;
        }

        values.Add(member, words);
        return words;
    }

    private void CheckCounts()
    {
        foreach (var (member, words) in values.Where(pair => !pair.Key.IsList))
        {
            if (member.IsSwitch && words.Count > 0 && !bool.TryParse(words[0], out _))
            {
                faults.Add($"{member.Option} takes true, false or nothing, not '{words[0]}'; targets come before the first option");
                words.Clear();
            }
            else if (words.Count > 1)
            {
                var shown = member.IsSecret ? "its value" : $"'{words[0]}'";
                faults.Add($"{member.Option} takes one value, but {string.Join(' ', words.Skip(1).Select(word => $"'{word}'"))} follows {shown}; targets come before the first option");
                words.RemoveRange(1, words.Count - 1);
            }
            else if (words.Count == 0 && !member.IsSwitch)
            {
                faults.Add($"{member.Option} needs a value");
            }
        }
    }
}
