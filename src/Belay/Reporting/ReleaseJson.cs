using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Belay.Reporting;

/// <summary>A release record as JSON.</summary>
internal static class ReleaseJson
{
    /// <summary>How a record is written and read.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The same bytes on every system: a stored record is signed.
        NewLine = "\n",
        // The file is read by people and programs, never put into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MaskedStringConverter() },
    };

    /// <summary>How what others may have changed is read: null where something must be is no record.</summary>
    internal static readonly JsonSerializerOptions Reading = new(Options) { RespectNullableAnnotations = true };

    /// <summary>The record's text, with secrets masked.</summary>
    public static string Serialize(ReleaseRecord record) => JsonSerializer.Serialize(record, Options) + "\n";
}
