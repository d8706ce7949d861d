using System.Text.Json;
using System.Text.Json.Serialization;

namespace Belay.Local;

/// <summary>Writes secrets in clear, for the one file that keeps them with mode 0600.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    /// <inheritdoc/>
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.GetString() is { Length: > 0 } value ? new Secret(value) : throw new JsonException("A password is empty.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.Reveal());
}
