using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>The file with which editors complete parameter files is committed in NUKE's own form, and no engine rewrites it.</summary>
public sealed partial class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, ".nuke", "build.schema.json")))!;

    [Fact]
    public void Has_the_form_that_NUKE_writes()
    {
        Assert.Equal("http://json-schema.org/draft-04/schema#", (string?)Schema["$schema"]);
        Assert.Equal(["ExecutableTarget", "Host", "NukeBuild", "Verbosity"], Names(Schema["definitions"]!).Order(StringComparer.Ordinal));
        Assert.Equal("#/definitions/NukeBuild", (string?)Schema["allOf"]![1]!["$ref"]);
    }

    [Fact]
    public async Task Names_every_target_and_every_parameter_as_the_help_does()
    {
        using var running = RunningBuild.Start(
            new BuildCommand { Folder = Repository.Root, Arguments = ["--help", "all"], Environment = new Dictionary<string, string?>() });
        var help = (await running.EndAsync(Token)).MustExitWith(0).Output;

        var lines = help.Split('\n').Except(Section(help, "Of the build engine")).ToList();
        var targets = lines.Where(line => Target().IsMatch(line)).Select(line => Target().Match(line).Groups[1].Value);
        var parameters = lines.Select(line => Parameter().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.Equal(
            targets.Order(StringComparer.Ordinal),
            Schema["definitions"]!["ExecutableTarget"]!["enum"]!.AsArray().Select(name => (string?)name));
        var properties = Schema["allOf"]![0]!["properties"]!.AsObject();
        Assert.Equal(
            parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            properties.Select(pair => KeyValuePair.Create(Kebab(pair.Key), (string)pair.Value!["description"]!))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(pair => pair.Key);

    private static IEnumerable<string> Section(string help, string title)
        => help.Split('\n')
            .SkipWhile(line => !line.StartsWith(title, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.Trim().Length > 0);

    private static string Kebab(string key) => $"--{Humps().Replace(key, "-").ToLowerInvariant()}";

    [GeneratedRegex(@"^  ([A-Z][A-Za-z]+)(?: -> .*)?\r?$")]
    private static partial Regex Target();

    [GeneratedRegex(@"^  (--[\w-]+) +(.+?)\r?$")]
    private static partial Regex Parameter();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Humps();
}
