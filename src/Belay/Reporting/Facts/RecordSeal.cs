namespace Belay.Reporting.Facts;

/// <summary>The signature of a stored record, which only a holder of <c>RECORD_KEY</c> can make, and everybody can check who has the
/// public key.</summary>
/// <param name="KeyId">The public key's id: the first 16 digits of its SHA-256.</param>
/// <param name="Algorithm"><c>ECDSA-P256-SHA256</c>.</param>
/// <param name="Signature">The signature in DER, in Base64.</param>
internal sealed record RecordSeal(string KeyId, string Algorithm, string Signature);
