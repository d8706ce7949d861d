using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Belay.Backups.Catalogue;

/// <summary>How manifests look as JSON. A member that this code does not know would be lost by the next rewriting,
/// so it is refused.</summary>
internal static partial class ManifestJson
{
    /// <summary>How it is written.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(new Written(), indented: true);

    /// <summary>How it is hashed.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(new Written(), indented: false);

    /// <summary>How it is read.</summary>
    public static JsonSerializerOptions Read { get; } = Make(new DefaultJsonTypeInfoResolver(), indented: true);

    private static JsonSerializerOptions Make(IJsonTypeInfoResolver types, bool indented) => new()
    {
        TypeInfoResolver = types,
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<ProofLevel>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes without looking at the types while the program runs, which costs a short command 80 ms. It does not read: a member
    /// that an older manifest lacks would get no default.</summary>
    [JsonSerializable(typeof(BackupManifest))]
    private sealed partial class Written : JsonSerializerContext;
}
