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

    private CommandLine(IEnumerable<ParameterMember> members)
        => known = members.ToDictionary(member => Naming.Normalize(member.Name));

    /// <summary>The words before the first option.</summary>
    public IReadOnlyList<string> Targets => targets;

    /// <summary>Reads the words.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments, IReadOnlyCollection<ParameterMember> members)
    {
        var line = new CommandLine(members);
        List<string> words = line.targets;
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-'))
            {
                words = line.Open(argument);
            }
            else
            {
                words.Add(argument);
            }
        }

        return line;
    }

    /// <summary>The words given for a parameter; null when it is not there.</summary>
    public IReadOnlyList<string>? Find(ParameterMember member) => values.GetValueOrDefault(member);

    private List<string> Open(string argument)
    {
        List<string> words = [];
        if (known.TryGetValue(Naming.Normalize(argument), out var member))
        {
            values[member] = words;
        }

        return words;
    }
}
