using Belay.Arguments;
using Belay.Settings;

namespace Belay.Tool.Initialization;

/// <summary><c>belay init</c>: writes what a repository lacks for Belay, and nothing over what is there.</summary>
internal static class InitCommand
{
    /// <summary>As it is typed.</summary>
    public const string Name = "init";

    private static readonly Parameter<string> Pipeline = new(
        "ci", $"The pipeline that is written: {string.Join(", ", Pipelines.Names)}", ParameterKind.Choice)
    {
        Reader = text => Pipelines.Names.Contains(text.ToLowerInvariant()) ? new(text.ToLowerInvariant()) : null,
        Rule = $"it must be {WordList.Or(Pipelines.Names)}",
        Sources = ParameterSources.CommandLine,
    };

    /// <summary>Writes the files and says each.</summary>
    /// <param name="words">The words after the command.</param>
    /// <param name="program">The program that was typed.</param>
    /// <exception cref="SettingsException">An option does not belong here.</exception>
    public static int Run(IReadOnlyList<string> words, TypedProgram program)
    {
        var root = ToolRoot.FindRepository(words, Environment.CurrentDirectory);
        var arguments = Read(words, root);
        foreach (var line in new Repository(root.Folder, program.Name)
            .Complete(arguments.Texts.GetValueOrDefault(Pipeline.Name)?.ToLowerInvariant()))
        {
            Console.WriteLine(line);
        }

        return ExitCodes.Done;
    }

    private static RunArguments Read(IReadOnlyList<string> words, ToolRoot root)
    {
        // Of all files, init writes the settings file itself: none is read.
        var arguments = new ArgumentCheck([Pipeline], [Name]) { Options = OptionSet.OfTool }.Read(new ArgumentSources
        {
            Words = [Name, .. words],
            Environment = new Dictionary<string, string>(),
            RootFolder = root.Folder,
            ParametersFile = ".belay/none",
        });
        if (arguments.Texts.TryGetValue(Pipeline.Name, out var text) && Pipeline.Reader(text) is null)
        {
            throw new SettingsException(
                $"{Pipeline.Option} is \"{text}\": {Pipeline.Rule}; nothing was written", $"./build.sh {Name} --ci github");
        }

        return !arguments.IsPlan && arguments.Skipped is null
            ? arguments
            : throw new SettingsException($"{Name} would not heed --plan and --skip; nothing was written", $"./build.sh {Name}");
    }
}
