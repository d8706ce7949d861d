using System.Security.Cryptography;
using Belay.Reporting.Chain;

namespace Belay.Tests.Reporting.Chain;

public sealed class RecordSignerTests
{
    [Fact]
    public void The_same_RECORD_KEY_always_makes_the_same_pair_and_another_one_another()
    {
        Assert.Equal(
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZYWldw5BQbbwD4uZkKr9QmzzuMA5H9YyKXtO08fTMlDLXh8HuR3ZCY5gvSukwmGxnzrntdGThhELWMc1lf9sxA==",
            Chains.PublicOf(Chains.Key).Text);
        Assert.NotEqual(Chains.PublicOf(Chains.Key).Id, Chains.PublicOf(Chains.AnotherKey).Id);
    }

    [Fact]
    public void What_is_signed_can_be_checked_with_the_public_key_alone()
    {
        using var signer = new RecordSigner(Chains.Key);
        var seal = signer.Sign("a record"u8);
        var key = RecordPublicKey.TryParse(signer.PublicKey.Text)!;

        Assert.Equal((key.Id, "ECDSA-P256-SHA256"), (seal.KeyId, seal.Algorithm));
        Assert.True(key.Verifies(seal, "a record"u8));
        Assert.False(key.Verifies(seal, "A record"u8));
        Assert.False(key.Verifies(seal with { Signature = "not Base64" }, "a record"u8));
        Assert.False(key.Verifies(seal with { Signature = "" }, "a record"u8));
    }

    [Fact]
    public void A_public_key_is_read_from_a_PEM_file_too()
    {
        var key = Chains.PublicOf(Chains.Key);

        Assert.Equal(key.Id, RecordPublicKey.TryParse($"-----BEGIN PUBLIC KEY-----\n{key.Text}\n-----END PUBLIC KEY-----\n")!.Id);
    }

    [Fact]
    public void What_is_no_public_key_of_the_curve_is_none()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Null(RecordPublicKey.TryParse(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())));
        Assert.Null(RecordPublicKey.TryParse("c29tZXRoaW5nIGVsc2U="));
        Assert.Null(RecordPublicKey.TryParse("*"));
        Assert.Null(RecordPublicKey.TryParse(""));
    }
}
