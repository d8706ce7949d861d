using System.Text.RegularExpressions;

namespace Belay.Tests;

/// <summary>The commands that messages and pages tell people to type.</summary>
public sealed partial class HintCommandTests
{
    [Fact]
    public void Every_command_in_a_message_or_a_page_is_a_target_that_exists()
    {
        var root = Root(AppContext.BaseDirectory);
        var targets = Files(root, "build", "*.cs")
            .Concat(Files(root, "src", "*.cs"))
            .SelectMany(text => Target().Matches(text))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
        var commands = Files(root, "src", "*.cs")
            .Concat(Files(root, "build", "*.cs"))
            .Concat(Files(root, "docs", "*.md"))
            .Append(File.ReadAllText(Path.Combine(root, "README.md")))
            .SelectMany(text => Command().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet();

        Assert.Contains("Migrate", targets);
        Assert.Contains("Migrate", commands);
        Assert.Empty(commands.Except(targets));
    }

    private static IEnumerable<string> Files(string root, string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string Root(string folder)
        => File.Exists(Path.Combine(folder, "build.sh")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"\bTarget (?<name>[A-Z]\w+) =>")]
    private static partial Regex Target();

    [GeneratedRegex(@"\./build\.sh (?<name>[A-Z][A-Za-z]+)")]
    private static partial Regex Command();
}
