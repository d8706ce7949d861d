using System.Text.Json;
using System.Text.Json.Serialization;

namespace Belay.Reporting;

/// <summary>Masks secrets in every string before JSON escapes it, and writes out what would steer the
/// terminal that shows the file.</summary>
internal sealed class MaskedStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        => writer.WriteStringValue(HarmlessText.Of(value));
}
