using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The file <c>.nuke/build.schema.json</c>, with which editors complete parameter files, in NUKE's own form.</summary>
public static class BuildSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's text with targets and parameters as they are declared; the engine's own options stay.</summary>
    /// <param name="text">The text as it is.</param>
    public static string Refresh(string text, IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters)
    {
        var schema = JsonNode.Parse(text)!;
        schema["definitions"]!["ExecutableTarget"]!["enum"] =
            new JsonArray([.. targets.Select(target => target.Name).Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);
        schema["allOf"]![0]!["properties"] = new JsonObject(parameters
            .Where(parameter => parameter.Sources.HasFlag(ParameterSources.CommandLine))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => KeyValuePair.Create<string, JsonNode?>(
                parameter.Key, new JsonObject { ["type"] = "string", ["description"] = parameter.Description })));
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }
}
