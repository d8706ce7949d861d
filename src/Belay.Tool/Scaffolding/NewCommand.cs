using System.Text.RegularExpressions;
using Belay.Arguments;
using Belay.Migrations;
using Belay.Releases;
using Belay.Settings;

namespace Belay.Tool.Scaffolding;

/// <summary><c>belay new NAME</c>: the next migration's files.</summary>
internal static partial class NewCommand
{
    /// <summary>As it is typed.</summary>
    public const string Name = "new";

    private static readonly Parameter[] Heeded = [MigrationParameters.Migrations, MigrationParameters.Layout];

    /// <summary>Writes the files and says which.</summary>
    /// <param name="words">The words after the command.</param>
    /// <param name="program">The program that was typed.</param>
    /// <exception cref="SettingsException">The name cannot be one, or an option does not belong here.</exception>
    public static int Run(IReadOnlyList<string> words, TypedProgram program)
    {
        var root = ToolRoot.FindRepository(words, Environment.CurrentDirectory);
        var arguments = Read(words, root, program);
        var folder = Path.GetFullPath(TextOf(arguments, MigrationParameters.Migrations), root.Folder);
        var request = new NewMigration(folder, TextOf(arguments, MigrationParameters.Layout), words[0], program.Name);
        foreach (var file in request.Write(TimeProvider.System))
        {
            Console.WriteLine($"wrote {Path.GetRelativePath(root.Folder, file)}");
        }

        var next = program with { Repeated = arguments.Repeated };
        Console.WriteLine(
            next.In("Write the statements into them; then ./build.sh Preflight looks, and ./build.sh Migrate --dry-run tries them."));
        return ExitCodes.Done;
    }

    /// <summary>Refuses a name that would not be one in every layout.</summary>
    internal static void DemandName(string name, string program)
    {
        if (!NamePattern().IsMatch(name))
        {
            var better = string.Join('_', WordPattern().Matches(name).Select(match => match.Value)).ToLowerInvariant();
            throw new SettingsException(
                $"\"{name}\" is no name of a migration: it has letters, digits and underscores, at most 80, and begins with a letter",
                $"{program} {Name} {(NamePattern().IsMatch(better) ? better : "add_x")}");
        }
    }

    private static RunArguments Read(IReadOnlyList<string> words, ToolRoot root, TypedProgram program)
    {
        if (words.Count == 0 || words[0].StartsWith('-'))
        {
            throw new SettingsException($"{Name} needs the migration's name, before any option", $"{program.Name} {Name} add_x");
        }

        DemandName(words[0], program.Name);
        var arguments = new ArgumentCheck(ReleaseParameters.All, [Name]) { Options = OptionSet.OfTool }.Read(new ArgumentSources
        {
            Words = [Name, .. words.Skip(1)],
            Environment = EnvironmentVariables.Read(),
            RootFolder = root.Folder,
            ParametersFile = root.ParametersFile,
            UnknownKeyHint = root.UnknownKeyHint,
        });
        var others = arguments.Typed.Except(Heeded.Select(parameter => parameter.Name)).Select(name => $"--{name}").ToList();
        return others.Count == 0 && !arguments.IsPlan && arguments.Skipped is null
            ? arguments
            : throw new SettingsException(
                $"{Name} would not heed {(others.Count == 0 ? "--plan and --skip" : string.Join(", ", others))}; nothing was written",
                $"{program.Name} {Name} {words[0]} --migrations <folder>");
    }

    private static string TextOf(RunArguments arguments, Parameter parameter)
        => arguments.Texts.GetValueOrDefault(parameter.Name)?.Trim() is { Length: > 0 } given ? given : parameter.Default!;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,79}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex WordPattern();
}
