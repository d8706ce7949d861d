using System.Text.Json;
using System.Text.Json.Serialization;

namespace Belay.Reporting;

/// <summary>Masks secrets in every string before JSON escapes it: an escaped secret would not be recognised any more.</summary>
internal sealed class MaskedStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Redaction.Apply(value));
}
