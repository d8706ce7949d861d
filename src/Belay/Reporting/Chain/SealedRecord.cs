using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Belay.Reporting.Facts;

namespace Belay.Reporting.Chain;

/// <summary>A stored record: the record's text, and a seal over exactly that text as its last member.</summary>
/// <remarks>What is signed are bytes and not members, so that a Belay that knows fewer members can check a newer record.</remarks>
internal sealed class SealedRecord
{
    private const string End = "\n}\n";
    private const string SealBegin = ",\n  \"seal\": ";

    /// <summary>As the record is written, but nothing is masked: Base64 may look like anything.</summary>
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    private readonly byte[] text;

    private SealedRecord(byte[] bytes, byte[] text, RecordSeal? seal)
    {
        (Bytes, this.text, Seal) = (bytes, text, seal);
        Record = JsonSerializer.Deserialize<ReleaseRecord>(text, ReleaseJson.Reading) ?? throw new JsonException("it holds null");
    }

    /// <summary>The whole object.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The record, from what the seal covers alone.</summary>
    public ReleaseRecord Record { get; }

    /// <summary>The seal; null when there is none.</summary>
    public RecordSeal? Seal { get; }

    /// <summary>What the next record says of this one.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <summary>Makes the object of a record.</summary>
    /// <param name="record">The record with its link.</param>
    /// <param name="signer">What signs it; null to leave it unsigned.</param>
    public static SealedRecord Make(ReleaseRecord record, RecordSigner? signer)
    {
        var text = Encoding.UTF8.GetBytes(ReleaseJson.Serialize(record with { Seal = null }));
        var seal = signer?.Sign(text);
        return new SealedRecord(Join(text, seal), text, seal);
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">It is no record, or has more in it than a record and its seal.</exception>
    public static SealedRecord Parse(ReadOnlyMemory<byte> bytes)
    {
        var index = bytes.Span.LastIndexOf(Encoding.ASCII.GetBytes(SealBegin));
        if (index < 0)
        {
            return new SealedRecord(bytes.ToArray(), bytes.ToArray(), null);
        }

        byte[] text = [.. bytes.Span[..index], .. Encoding.ASCII.GetBytes(End)];
        var rest = bytes[(index + SealBegin.Length)..];
        if (rest.Length < End.Length)
        {
            throw new JsonException("its end is missing");
        }

        var seal = JsonSerializer.Deserialize<RecordSeal>(rest.Span[..^End.Length], Options);
        return Join(text, seal).AsSpan().SequenceEqual(bytes.Span)
            ? new SealedRecord(bytes.ToArray(), text, seal)
            : throw new JsonException("it has more in it than a record and its seal");
    }

    /// <summary>Whether the seal is one of a key over this record.</summary>
    public bool IsSignedWith(RecordPublicKey key) => Seal is { } seal && key.Verifies(seal, text);

    private static byte[] Join(byte[] text, RecordSeal? seal)
        => seal is null
            ? text
            :
            [
                .. text.AsSpan(0, text.Length - End.Length),
                .. Encoding.UTF8.GetBytes(SealBegin + JsonSerializer.Serialize(seal, Options) + End),
            ];
}
