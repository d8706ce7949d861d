using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Belay.Tests.Support;

/// <summary>The published schema of a release record.</summary>
internal static class RecordSchema
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Closed(JsonNode.Parse(File.ReadAllText(PathOf()))!).ToJsonString());

    /// <summary>Where the schema is published.</summary>
    public static string PathOf() => Path.Combine(TestFolder.Checkout, "docs", "release-record.schema.json");

    /// <summary>Fails with each fault unless a record is as the schema says, and has no member that the schema does not know.</summary>
    public static void Demand(string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var faults = (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        Assert.True(results.IsValid, $"{string.Join('\n', faults)}\nin:\n{json}");
    }

    /// <summary>The schema without room for members that it does not name: a newer record may have more, but not one of this
    /// code.</summary>
    private static JsonNode Closed(JsonNode node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && schema["additionalProperties"] is null)
            {
                schema["additionalProperties"] = false;
            }

            schema.Select(member => member.Value).OfType<JsonNode>().ToList().ForEach(child => Closed(child));
        }
        else if (node is JsonArray list)
        {
            list.OfType<JsonNode>().ToList().ForEach(child => Closed(child));
        }

        return node;
    }
}
