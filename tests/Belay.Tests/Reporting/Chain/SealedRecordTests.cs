using System.Text;
using System.Text.Json;
using Belay.Reporting;
using Belay.Reporting.Chain;
using Belay.Reporting.Facts;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting.Chain;

public sealed class SealedRecordTests
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly ReleaseRecord Linked = Records.Succeeded() with { Link = new RecordLink(1, null, null) };

    [Fact]
    public void A_signed_record_is_one_of_the_schema_and_reads_back()
    {
        var record = Make();

        var read = SealedRecord.Parse(record.Bytes);

        RecordSchema.Demand(Encoding.UTF8.GetString(record.Bytes.Span));
        Assert.Equal(record.Sha256, read.Sha256);
        Assert.Equal(record.Seal, read.Seal);
        Assert.Equal(ReleaseJson.Serialize(Linked), ReleaseJson.Serialize(read.Record));
        Assert.True(read.IsSignedWith(Chains.PublicOf(Chains.Key)));
        Assert.False(read.IsSignedWith(Chains.PublicOf(Chains.AnotherKey)));
    }

    [Fact]
    public void What_is_signed_is_the_record_without_its_seal_which_is_a_record_too()
    {
        var text = Encoding.UTF8.GetString(Make().Bytes.Span);

        var without = text[..text.LastIndexOf(",\n  \"seal\": ", StringComparison.Ordinal)] + "\n}\n";

        Assert.Equal(ReleaseJson.Serialize(Linked), without);
    }

    [Theory]
    [InlineData("\n}\n", ",\n  \"exitCode\": 7\n}\n")]
    [InlineData("\"seal\": {", "\"seal\": {\"more\":1,")]
    [InlineData("\n}\n", "\n}")]
    [InlineData("\n}\n", "\n}\n\n")]
    public void Nothing_can_stand_in_it_that_the_signature_does_not_cover(string text, string other)
    {
        var bytes = Encoding.UTF8.GetString(Make().Bytes.Span);
        var index = bytes.LastIndexOf(text, StringComparison.Ordinal);

        var changed = Encoding.UTF8.GetBytes(bytes[..index] + other + bytes[(index + text.Length)..]);

        Assert.ThrowsAny<JsonException>(() => SealedRecord.Parse(changed));
    }

    [Fact]
    public void What_has_null_in_place_of_a_member_is_no_record()
    {
        var text = Encoding.UTF8.GetString(Make().Bytes.Span);
        var seal = text[..text.LastIndexOf("\"seal\": ", StringComparison.Ordinal)]
            + "\"seal\": {\"keyId\":\"a\",\"algorithm\":null,\"signature\":null}\n}\n";

        Assert.ThrowsAny<JsonException>(() => SealedRecord.Parse(Encoding.UTF8.GetBytes(seal)));
        Assert.ThrowsAny<JsonException>(() => SealedRecord.Parse("{\n  \"migrations\": null\n}\n"u8.ToArray()));
        var steps = text.Replace("\"steps\": [", "\"steps\": null, \"more\": [", StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => SealedRecord.Parse(Encoding.UTF8.GetBytes(steps)));
    }

    [Fact]
    public void A_text_in_the_record_that_looks_like_a_seal_is_none()
    {
        var record = SealedRecord.Make(Linked with { Message = ",\n  \"seal\": {\"keyId\":\"a\"}\n}\n" }, null);

        Assert.Null(SealedRecord.Parse(record.Bytes).Seal);
    }

    [Fact]
    public void A_record_of_a_newer_Belay_is_checked_over_members_that_this_one_does_not_know()
    {
        using var signer = new RecordSigner(Chains.Key);
        var text = ReleaseJson.Serialize(Linked).Replace("\n}\n", ",\n  \"weather\": \"fair\"\n}\n", StringComparison.Ordinal);
        var seal = JsonSerializer.Serialize(signer.Sign(Encoding.UTF8.GetBytes(text)), Plain);

        var read = SealedRecord.Parse(Encoding.UTF8.GetBytes($"{text[..^3]},\n  \"seal\": {seal}\n}}\n"));

        Assert.True(read.IsSignedWith(signer.PublicKey));
    }

    [Fact]
    public void A_record_of_an_older_Belay_is_read_without_what_it_does_not_say()
    {
        const string Old = """
            {"format":1,"runId":"1a","targets":["Migrate"],"actor":{"user":"ada","host":"build-7","runUrl":null},"database":null,
             "startedUtc":"2025-10-12T10:30:00+00:00","finishedUtc":"2025-10-12T10:30:02+00:00","outcome":"succeeded","exitCode":0,
             "backup":{"id":"b","store":"s","size":1,"proof":"readback","keepUntilUtc":"2025-10-19T10:30:00+00:00"},
             "checks":[{"title":"t","passed":true,"differences":[]}]}
            """;

        var record = SealedRecord.Parse(Encoding.UTF8.GetBytes(Old)).Record;

        Assert.Equal((1, 0, 0), (record.Format, record.Scripts.Count, record.Settings.Count));
        Assert.Null(record.Link);
    }

    private static SealedRecord Make()
    {
        using var signer = new RecordSigner(Chains.Key);
        return SealedRecord.Make(Linked, signer);
    }
}
