using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Belay.Tests.House;

namespace Belay.Tests;

/// <summary>The commands that messages and pages tell people to type.</summary>
public sealed partial class HintCommandTests
{
    /// <summary>What is typed without being a parameter of the build: words of every command line, and of <c>belay init</c>.</summary>
    private static readonly string[] Words = ["help", "plan", "version", "profile", "skip", "parameter", "ci", "output"];

    /// <summary>Commands of other tools that a message names.</summary>
    private static readonly string[] OtherPrograms = ["npx", "{sudo}pacman"];

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

    [Fact]
    public void Every_option_in_a_message_or_a_page_is_a_parameter_that_exists()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, ".nuke", "build.schema.json")))!;
        var known = Properties(schema).Select(Kebab).Concat(Words).ToHashSet();
        var messages = Checkout.Lines
            .Where(
                line => line.File.StartsWith("src/", StringComparison.Ordinal) || line.File.StartsWith("build/", StringComparison.Ordinal))
            .SelectMany(line => Sentence().Matches(line.Text).Select(match => match.Value))
            .Where(text => !OtherPrograms.Any(program => text.StartsWith($"\"{program} ", StringComparison.Ordinal)));
        var pages = Files(Checkout.Root, "docs", "*.md").Append(File.ReadAllText(Path.Combine(Checkout.Root, "README.md")))
            .SelectMany(text => CommandLine().Matches(text).Select(match => match.Value));
        var options = messages.Concat(pages).SelectMany(text => Option().Matches(text)).Select(match => match.Groups["name"].Value);

        Assert.Contains("migrations", known);
        Assert.Equal([], options.Distinct().Except(known));
    }

    private static IEnumerable<string> Properties(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(
            field => field.Key == "properties" ? ((JsonObject)field.Value!).Select(one => one.Key) : Properties(field.Value)),
        JsonArray items => items.SelectMany(Properties),
        _ => [],
    };

    private static string Kebab(string name) => Capital().Replace(name, "-$0").ToLowerInvariant();

    private static IEnumerable<string> Files(string root, string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string Root(string folder)
        => File.Exists(Path.Combine(folder, "build.sh")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"\bTarget (?<name>[A-Z]\w+) =>")]
    private static partial Regex Target();

    [GeneratedRegex(@"(?<!^)[A-Z]")]
    private static partial Regex Capital();

    /// <summary>A text with a blank: one without is a program's own argument.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)* (?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\./build\.sh [A-Z][^;`|\n]*")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"(?<![\w-])--(?<name>[a-z][a-z-]+)")]
    private static partial Regex Option();

    [GeneratedRegex(@"\./build\.sh (?<name>[A-Z][A-Za-z]+)")]
    private static partial Regex Command();
}
