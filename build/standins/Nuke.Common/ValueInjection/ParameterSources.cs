using Nuke.Common.Execution;
using Nuke.Common.Output;

namespace Nuke.Common.ValueInjection;

/// <summary>All sources of parameters, strongest first: command line, environment, profile files (the last profile wins), parameters.json.</summary>
internal sealed class ParameterSources
{
    private readonly CommandLine commandLine;
    private readonly EnvironmentValues environment;
    private readonly string workingFolder;
    private readonly IReadOnlyList<ParameterMember> members;
    private readonly List<string> faults = [];
    private List<ParameterFile> files = [];
    private string root = string.Empty;

    /// <summary>Reads the command line.</summary>
    /// <param name="invocation">The run's surroundings.</param>
    /// <param name="members">The parameters that exist.</param>
    public ParameterSources(BuildInvocation invocation, IReadOnlyList<ParameterMember> members)
    {
        this.members = members;
        workingFolder = invocation.WorkingFolder;
        environment = new EnvironmentValues(invocation.Environment);
        commandLine = CommandLine.Parse(invocation.Arguments, members);
    }

    /// <summary>What is wrong so far, one text each.</summary>
    public IReadOnlyCollection<string> Faults => [.. faults.Distinct(StringComparer.Ordinal)];

    /// <summary>The words before the first option.</summary>
    public IReadOnlyList<string> PositionalTargets => commandLine.Targets;

    /// <summary>Adds a fault that shows only when values are put together.</summary>
    public void Add(string fault) => faults.Add(fault);

    /// <summary>Reads the parameter files of a root folder.</summary>
    public void ReadFiles(string rootFolder, IEnumerable<string> profiles)
    {
        root = rootFolder;
        files = [.. profiles.Distinct(StringComparer.Ordinal).Reverse().Select(profile => ParameterFile.Read(root, profile, members, faults))];
        files.Add(ParameterFile.Read(root, profile: null, members, faults));
    }

    /// <summary>Sets every member of an object for which a source has a value, and has secrets masked from now on.</summary>
    /// <param name="instance">The build or the engine's options.</param>
    /// <param name="mask">Gets the values of secrets.</param>
    public void Inject(object instance, SecretMask mask)
    {
        foreach (var member in members.Where(member => member.IsEngine == instance is EngineOptions))
        {
            if (member.FindsItself)
            {
                if (member.Ask(instance) is { } own)
                {
                    member.Set(instance, own);
                }

                continue;
            }

            if (Find(member) is not { } given)
            {
                continue;
            }

            if (member.IsSecret)
            {
                given.Words.ToList().ForEach(mask.Remember);
            }

            if (ValueConverter.Convert(member, given, faults) is { } value)
            {
                member.Set(instance, value);
            }
        }
    }

    private ParameterValue? Find(ParameterMember member)
    {
        if (commandLine.Find(member) is { } words)
        {
            return new ParameterValue(member.Option, words, workingFolder);
        }

        return environment.Find(member, faults) is { } found
            ? new ParameterValue($"{found.Variable} in the environment", [found.Value], workingFolder)
            : files.Select(file => file.Find(member, root)).FirstOrDefault(value => value is not null);
    }
}
