using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Belay.Reporting;

/// <summary>A release record as JSON.</summary>
internal static class ReleaseJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The file is read by people and programs, never put into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MaskedStringConverter() },
    };

    /// <summary>The record's text, with secrets masked.</summary>
    public static string Serialize(ReleaseRecord record) => JsonSerializer.Serialize(record, Options) + "\n";

    /// <summary>Reads a record.</summary>
    /// <param name="text">What <see cref="Serialize"/> wrote.</param>
    /// <exception cref="JsonException">The text is no release record.</exception>
    public static ReleaseRecord Parse(string text)
        => JsonSerializer.Deserialize<ReleaseRecord>(text, Options) ?? throw new JsonException("the text is null, not a release record");
}
