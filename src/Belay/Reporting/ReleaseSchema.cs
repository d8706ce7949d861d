using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;

namespace Belay.Reporting;

/// <summary>The published JSON schema of a release record, made from the record's own types and what is said of their members.</summary>
public static class ReleaseSchema
{
    /// <summary>As the record is written, but for the masking, of which a schema cannot see through to the text.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema's text, with its line end.</summary>
    /// <param name="documentation">The text of the library's XML documentation file, which says what the members mean.</param>
    public static string Text(string documentation)
    {
        var summaries = Summaries(documentation);
        var schema = (JsonObject)Options.GetJsonSchemaAsNode(typeof(ReleaseRecord), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Described(context, node, summaries),
        });
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Belay release record",
        };
        foreach (var (name, value) in schema)
        {
            whole[name] = value?.DeepClone();
        }

        return whole.ToJsonString(Written) + "\n";
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node, Dictionary<string, string> summaries)
    {
        if (node is not JsonObject described)
        {
            return node;
        }

        if (context.TypeInfo.Type == typeof(DateTimeOffset) || context.TypeInfo.Type == typeof(DateTimeOffset?))
        {
            described["format"] = "date-time";
        }

        if (context.PropertyInfo is { } property
            && summaries.GetValueOrDefault($"{property.DeclaringType.FullName}.{property.Name}".ToUpperInvariant()) is { } summary)
        {
            described.Insert(0, "description", summary);
        }

        return described;
    }

    /// <summary>What is said of each property, and of each parameter of a constructor, which is a property of a record.</summary>
    private static Dictionary<string, string> Summaries(string documentation)
    {
        var summaries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in XDocument.Parse(documentation).Descendants("member"))
        {
            var name = member.Attribute("name")!.Value;
            if (name.StartsWith("P:", StringComparison.Ordinal) && member.Element("summary") is { } summary)
            {
                summaries[name[2..].ToUpperInvariant()] = Words(summary);
            }

            foreach (var parameter in member.Elements("param").Where(_ => name.StartsWith("T:", StringComparison.Ordinal)))
            {
                summaries[$"{name[2..]}.{parameter.Attribute("name")!.Value}".ToUpperInvariant()] = Words(parameter);
            }
        }

        return summaries;
    }

    private static string Words(XElement text)
        => string.Join(' ', text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
