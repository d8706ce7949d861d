using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.Tests.House;

namespace Belay.Tests.Arguments;

/// <summary>What is written from the declarations says what they say, and the components have one line for each.</summary>
public sealed partial class DeclaredPlacesTests
{
    [Fact]
    public void The_README_s_tables_are_as_Refresh_would_write_them()
    {
        var text = ReadFile("README.md");

        Assert.Equal(ParameterTable.Refresh(text, ReleaseParameters.All), text);
        Assert.Contains(string.Join('\n', ParameterTable.Lines(ReleaseParameters.All)), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_is_a_row_with_its_default_and_its_help()
    {
        var lines = ParameterTable.Lines(
        [
            Declare.Duration("lock-timeout", "Longest wait", "3s"),
            Declare.Switch("immutable", "The store must refuse").SeeAlso("docs/backups.md"),
            Declare.Text("from", "One of a|b", "the only one found"),
            Declare.Text("to", "Folder"),
            Declare.Secret("record-key", "A key"),
        ]);

        Assert.Equal(
            [
                "| `--lock-timeout` | `3s` | Longest wait |",
                "| `--immutable` | no | The store must refuse ([more](docs/backups.md)) |",
                "| `--from` | the only one found | One of a\\|b |",
                "| `--to` |  | Folder |",
                "| `RECORD_KEY` | A key |",
            ],
            lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tables_are_written_between_their_marks_and_nowhere_else()
    {
        var fresh = ParameterTable.Refresh($"before\n{ParameterTable.Begin}\nold\n{ParameterTable.End}\nafter\n", []);

        Assert.StartsWith($"before\n{ParameterTable.Begin}\n\n| parameter ", fresh, StringComparison.Ordinal);
        Assert.EndsWith($"\n\n{ParameterTable.End}\nafter\n", fresh, StringComparison.Ordinal);
        Assert.DoesNotContain("old", fresh, StringComparison.Ordinal);
        Assert.Equal(
            $"The marks of the tables are missing: {ParameterTable.Begin} and {ParameterTable.End}",
            Assert.Throws<SettingsException>(() => ParameterTable.Refresh("no marks", [])).Message);
    }

    [Fact]
    public void The_schema_file_names_every_parameter_and_target_of_a_release()
    {
        var text = ReadFile(".nuke/build.schema.json");
        var schema = JsonNode.Parse(text)!;

        Assert.Superset(
            Typed.Select(parameter => $"{parameter.Key}: {parameter.Description}").ToHashSet(),
            schema["allOf"]![0]!["properties"]!.AsObject()
                .Select(property => $"{property.Key}: {(string?)property.Value!["description"]}").ToHashSet());
        Assert.Superset(
            ReleaseStages.All.Select(stage => stage.Name).ToHashSet(),
            schema["definitions"]!["ExecutableTarget"]!["enum"]!.AsArray().Select(name => (string)name!).ToHashSet());
    }

    [Fact]
    public void A_schema_written_anew_keeps_the_engine_s_own_part()
    {
        var fresh = BuildSchema.Refresh(
            ReadFile(".nuke/build.schema.json"),
            [],
            [Declare.Duration("lock-timeout", "Longest wait", "3s"), Declare.Secret("record-key", "A key")]);

        var schema = JsonNode.Parse(fresh)!;
        Assert.Empty(schema["definitions"]!["ExecutableTarget"]!["enum"]!.AsArray());
        Assert.Equal(
            """{"LockTimeout":{"type":"string","description":"Longest wait (default: 3s)"}}""",
            schema["allOf"]![0]!["properties"]!.ToJsonString());
        Assert.Equal("#/definitions/NukeBuild", (string?)schema["allOf"]![1]!["$ref"]);
        Assert.NotNull(schema["definitions"]!["NukeBuild"]!["properties"]!["Skip"]);
    }

    [Fact]
    public void The_build_has_a_member_for_each_parameter()
        => Assert.Superset(
            Typed.Select(parameter => parameter.Key).ToHashSet(),
            Member()
                .Matches(ReadFile("src/Belay.Nuke/IReleaseParameters.cs"))
                .Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)
                .ToHashSet());

    [Fact]
    public void The_components_have_an_interface_for_each_stage()
        => Assert.Equal(
            ReleaseStages.All.Select(stage => stage.Name).Order(StringComparer.Ordinal),
            Checkout.Files("src/Belay.Nuke").SelectMany(file => Target().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void A_build_that_releases_a_database_has_every_target_but_the_one_whose_name_restores_packages_elsewhere()
    {
        string[] joining = ["IReleaseDatabase", "IMigrate", "IBackup"];
        var joined = string.Concat(joining.Select(name => ReadFile($"src/Belay.Nuke/{name}.cs")));

        Assert.Equal(
            [ReleaseStages.Restore.Name],
            ReleaseStages.All.Select(stage => stage.Name)
                .Where(name => !Regex.IsMatch(joined, $@"\b(I|Target ){name}\b")));
    }

    [Fact]
    public void Every_declared_secret_is_masked_when_the_environment_has_it()
        => Assert.All(ReleaseParameters.All.Where(parameter => parameter.IsSecret), parameter =>
        {
            var value = $"word-{parameter.Name}-{Guid.NewGuid():N}";
            SecretVariables.Remember(new Dictionary<string, string> { [parameter.Variable] = value });
            Assert.Equal("***", Redaction.Apply(value));
        });

    private static IEnumerable<Parameter> Typed
        => ReleaseParameters.All.Where(parameter => parameter.Sources.HasFlag(ParameterSources.CommandLine));

    private static string ReadFile(string name) => File.ReadAllText(Path.Combine(Checkout.Root, name));

    [GeneratedRegex(@"^    \[Given(?:\(""(\w+)""\))?\] string\? (\w+) => TryGetValue\(\(\) => \2\);\r?$", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex(
        @"^    Target (\w+) => definition => Stages\.Define\(this, definition, ReleaseStages\.\1\);\r?$", RegexOptions.Multiline)]
    private static partial Regex Target();
}
